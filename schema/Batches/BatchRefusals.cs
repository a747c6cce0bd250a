namespace OneDoor.Batches;

/// <summary>Why a batch, a line of one, or what is asked of one, is refused.</summary>
public static class BatchRefusals
{
    public static readonly Refusal NotFound = new("batch.not-found", 404,
        new("没有这个批次", "There is no such batch"), new("不存在，或不是您的。", "It does not exist, or is not yours."));

    public static readonly Refusal ItemNotOffered = new("batch.item-not-offered", 422,
        new("该事项不能批量录入", "The item is not entered by batches"), new("仅限用人单位为职工办理、一人一行的事项。", "It takes items that employers apply for, with one worker in one line."));

    public static readonly Refusal EmployerMissing = new("batch.employer-missing", 422,
        new("没有写明用人单位", "No employer is named"),
        new("以企业身份登录者为本单位；部门须在请求头 OneDoor-Applicant 写明统一社会信用代码。", "Who signs in as an enterprise is it; a department names one by its unified social credit code in the header OneDoor-Applicant."));

    public static readonly Refusal EmployerNotYours = new("batch.employer-not-yours", 403,
        new("不能为他人批量录入", "Nobody enters a batch for somebody else"), new("登录者只能为本单位录入。", "Who is signed in enters batches for their own company alone."));

    public static readonly Refusal TooLarge = new("batch.too-large", 413,
        new("文件过大", "The file is too large"), new("不超过5 MB，解压后不超过50 MB，文字不超过两千万个。", "It has 5 MB at most, 50 MB unpacked, and 20 million characters in its cells."));

    public static readonly Refusal MediaType = new("batch.media-type", 415,
        new("不是可以录入的文件", "It is no file that is taken"), new("须为 text/csv 或 XLSX。", "It is text/csv or XLSX."));

    public static readonly Refusal FileUnreadable = new("batch.file-unreadable", 422,
        new("文件无法读取", "The file cannot be read"), new("须为 UTF-8 或 GB18030 编码的 CSV，或未加密、未损坏的 XLSX。", "It is CSV in UTF-8 or GB18030, or XLSX that is neither encrypted nor damaged."));

    public static readonly Refusal ColumnsInvalid = new("batch.columns-invalid", 422, new("列不符", "The columns are not those of the item"));

    public static readonly Refusal NoLines = new("batch.no-lines", 422, new("没有数据行", "There are no lines"), new("表头之后至少一行。", "One line at least follows the one that names the columns."));

    public static readonly Refusal TooManyLines = new("batch.too-many-lines", 422, new("行数过多", "There are too many lines"), new("不超过10000行。", "A file has 10,000 at most."));

    public static readonly Refusal TooMany = new("batch.too-many", 409, new("未完成的批次过多", "Too many batches are not done"), new("同时不超过10个。", "There are ten at a time."));

    public static readonly Refusal TooManyFollow = new("batch.too-many-follow", 429, new("实时查看过多", "Too many are followed"), new("请关闭其他连接，或改为定时查询。", "Close others, or read now and then instead."));

    public static readonly Refusal TooManySent = new("batch.too-many-sent", 429, new("正在接收的文件过多", "Too many files are being taken in"), new("请待已提交的文件接收完毕后再试。", "Send it once those that are on their way have been answered."));

    public static readonly Refusal Ended = new("batch.ended", 409, new("批次已结束", "The batch has ended"), new("已成为办件的逐件撤回。", "What has become a case is withdrawn by itself."));

    public static readonly Refusal FileDropped = new("batch.file-dropped", 404, new("文件已删除", "The file is deleted"), new("批次结束30天后删除。", "It is, 30 days after the batch has ended."));

    public static readonly Refusal CellInvalid = new("batch.cell-invalid", 422, new("单元格内容无效", "The cell is not valid"), new("不超过1000个字符。", "It has 1,000 characters at most."));

    public static readonly Refusal CellFormula = new("batch.cell-formula", 422,
        new("不计算公式", "Formulas are not evaluated"), new("请填写值本身。", "Write the value itself."));

    public static readonly Refusal NumberDestroyed = new("batch.number-destroyed", 422,
        new("号码已被电子表格破坏", "A spreadsheet has destroyed the number"),
        new("该列被当作数值保存，后几位已丢失。请将该列设为文本格式后重新填写；号码确以000结尾的，请以XLSX提交，并将该列设为文本格式。",
            "It was kept as a quantity, and the last digits are lost. Format the column as text and write the number anew; where it does end in 000, send it as XLSX with the column as text."));

    public static readonly Refusal LineTooLong = new("batch.line-too-long", 422, new("该行比表头长", "The line has more cells than columns"),
        new("可能有未加引号的分隔符。", "A separator may stand in a cell that is not quoted."));

    public static readonly Refusal LineRepeated = new("batch.line-repeated", 422, new("该行与前面一行相同", "The line is the same as one before"));

    public static readonly Refusal LineFailed = new("batch.line-failed", 500, new("该行未能处理", "The line could not be handled"),
        new("平台出错，该行没有成为办件，请重新提交。", "It is a fault of the platform. The line has become no case: send it again."));
}
