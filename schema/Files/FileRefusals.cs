namespace OneDoor.Files;

/// <summary>Why a file is not taken, not shown or not carried.</summary>
public static class FileRefusals
{
    public static readonly Refusal NotFound = new("file.not-found", 404,
        new("没有这个文件", "There is no such file"));

    public static readonly Refusal Empty = new("file.empty", 422,
        new("文件为空", "The file is empty"), new("请发送文件的内容作为请求正文。", "Send the file's content as the body."));

    public static readonly Refusal TooLarge = new("file.too-large", 413,
        new("文件过大", "The file is too large"), new("不得超过 20 MB（20000000 字节）。", "At most 20 MB (20,000,000 bytes)."));

    public static readonly Refusal TypeNotAccepted = new("file.type-not-accepted", 415,
        new("不接受此类文件", "Files of this type are not taken"),
        new($"以内容为准，可以上传：{FileTypes.Names}。", $"Whatever it is called, by its content it is none of {FileTypes.Names}."));

    public static readonly Refusal TypeMismatch = new("file.type-mismatch", 422,
        new("文件内容与声明的类型不符", "The content is not of the type that it is said to be"));

    public static readonly Refusal DigestMismatch = new("file.digest-mismatch", 422,
        new("文件与摘要不符", "The file does not have this digest"),
        new("传输可能有误，请重新计算摘要并重新上传。", "It may have been damaged on its way: compute the digest anew and send it again."));

    public static readonly Refusal Damaged = new("file.damaged", 422,
        new("文件不完整或已损坏", "The file is damaged or cut short"), new("请重新导出或拍摄后再上传。", "Export or photograph it anew."));

    public static readonly Refusal Polyglot = new("file.polyglot", 422,
        new("一个文件中含有另一个文件", "One file hides another"),
        new("文件首尾须只有一种格式的内容；请重新导出。", "From its first byte to its last it has to be of one format: export it anew."));

    public static readonly Refusal UnpacksTooLarge = new("file.unpacks-too-large", 422,
        new("文件解压后过大", "The file unpacks to too much"), new("解压后不得超过 100 MB，且须与其声明的大小一致。", "At most 100 MB, and as much as it says."));

    public static readonly Refusal ActiveContent = new("file.active-content", 422,
        new("文件含有会自动执行的内容", "The file holds something that would run"),
        new("请去掉宏、脚本和启动动作，例如打印为 PDF 后再上传。", "Take macros, scripts and launch actions out, for instance by printing it as PDF."));

    public static readonly Refusal TooManyToday = new("file.too-many-today", 429,
        new("今天上传的文件过多", "Too many files within a day"), new("请明天再上传。", "Go on tomorrow."));

    public static readonly Refusal TooMuchUnattached = new("file.too-much-unattached", 409,
        new("尚未提交的文件过多", "Too many files wait to be handed in"),
        new("请先把已上传的文件随办件提交；未提交的文件48小时后清除。", "Hand in what is uploaded first; what nothing carries is dropped after 48 hours."));

    /// <summary>CASE-12: of a file that a material, a result or an answer names.</summary>
    public static readonly Refusal Unknown = new("file.unknown", 422,
        new("没有可以使用的这个文件", "There is no such file of yours"),
        new("须为本人上传、尚未清除的文件的 id。", "It is the id of a file that you have uploaded yourself and that has not been dropped since."));

    public static readonly Refusal NotDrawable = new("file.not-drawable", 422,
        new("此文件没有预览", "The file has no preview"),
        new("预览只限 JPEG、PNG 和 WebP 图片，且不超过 2500 万像素；基线 JPEG 不超过两亿像素。",
            "Pictures in JPEG, PNG and WebP of at most 25 million pixels have one, and baseline JPEGs of at most 200 million."));
}
