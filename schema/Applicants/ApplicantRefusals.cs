namespace OneDoor.Applicants;

/// <summary>Why an applicant is not taken.</summary>
public static class ApplicantRefusals
{
    public static readonly Refusal NameInvalid = new("applicant.name-invalid", 422,
        new("申请人名称无效", "The applicant's name is not valid"),
        new("名称须为1至200个字符，不得含看不见的字符（控制字符、换行、U+FEFF、U+202E 等）。",
            "A name has 1 to 200 characters, none of them one that nobody sees (control characters, line breaks, U+FEFF, U+202E and their like)."));

    public static readonly Refusal UsccInvalid = new("applicant.uscc-invalid", 422,
        new("统一社会信用代码无效", "The unified social credit code is not valid"),
        new("须为18位，第3至8位为数字，且组织机构代码校验位与末位校验位均正确（GB 32100）。",
            "It has 18 characters, the third to the eighth are digits, and the check characters of the organisation code and of the whole code must be right (GB 32100)."));

    public static readonly Refusal CitizenIdInvalid = new("applicant.citizen-id-invalid", 422,
        new("公民身份号码无效", "The citizen identity number is not valid"),
        new("须为18位，出生日期存在且不晚于今日，校验位正确（GB 11643）。",
            "It has 18 characters, a birth date that exists and has come, and the right check character (GB 11643)."));

    public static readonly Refusal WrongIdentifier = new("applicant.wrong-identifier", 422,
        new("证件号码与申请人类型不符", "The identifier does not belong to this kind of applicant"),
        new("法人提供统一社会信用代码，自然人提供公民身份号码，二者只取其一。",
            "A legal entity gives its unified social credit code, a person the citizen identity number; never both."));
}
