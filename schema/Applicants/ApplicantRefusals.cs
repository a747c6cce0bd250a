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

    public static readonly Refusal IdentifierInvalid = new("applicant.identifier-invalid", 422,
        new("证件号码无效", "The identifier is not valid"),
        new("港澳台居民居住证号码为18位公民身份号码，以810000、820000或830000开头；外国人永久居留身份证号码为以9开头的18位，或三位字母加12位数字；护照号码为5至20位大写字母和数字；境外登记号为1至50个大写字母、数字和 . / - 空格。",
            "A residence permit of Hong Kong, Macao and Taiwan has a citizen identity number that begins with 810000, 820000 or 830000; a permanent resident's card 18 characters that begin with 9, or three letters and 12 digits; a passport 5 to 20 capital letters and digits; a foreign register 1 to 50 capital letters, digits and . / - or blanks."));

    public static readonly Refusal CountryInvalid = new("applicant.country-invalid", 422,
        new("国家或地区代码无效", "The country is not valid"),
        new("护照和境外登记号须注明国家或地区（ISO 3166-1，三位或两位字母），其他证件不填。港澳台居民凭居住证，境内企业凭统一社会信用代码。",
            "Passports and foreign registers have a country by ISO 3166-1, three letters or two, and nothing else has. Residents of Hong Kong, Macao and Taiwan have residence permits, companies of the mainland unified social credit codes."));

    public static readonly Refusal WrongIdentifier = new("applicant.wrong-identifier", 422,
        new("此项与申请人类型不符", "This does not belong to this kind of applicant"),
        new("法人和用人单位提供 uscc，自然人提供 citizenId，或者以 identifier 提供相应的其他证件，只取其一；设立人提供 founders、representative 和没有代码的 subject；用人单位另提供 worker；共同申请的当事人提供 parties。",
            "A legal entity and an employer give their uscc, a person the citizenId, or in its place an identifier of theirs, and only one of them; founders give founders, representative and a subject that has no code yet; an employer a worker besides; joint parties give parties."));

    public static readonly Refusal FoundersInvalid = new("applicant.founders-invalid", 422,
        new("设立人无效", "The founders are not valid"),
        new("须有1至50名设立人（自然人或法人），每名只列一次。", "There are 1 to 50 founders, persons and legal entities, and each is named once."));

    public static readonly Refusal RepresentativeInvalid = new("applicant.representative-invalid", 422,
        new("未指明设立人代表", "Nobody applies for the founders"),
        new("representative 是代表申请的设立人在 founders 中的序号，从0起；仅有一名设立人时可以省略。",
            "representative says which of the founders applies for all, counted from 0; it may be left out where there is one."));

    public static readonly Refusal SubjectMissing = new("applicant.subject-missing", 422,
        new("缺少拟设立的主体", "What is founded is missing"), new("须写明拟用名称和类型。", "subject says what it is to be called, and what it is."));

    /// <summary>APP-2.</summary>
    public static readonly Refusal PartiesInvalid = new("applicant.parties-invalid", 422,
        new("共同申请的当事人无效", "The joint parties are not valid"),
        new("须有2至100名当事人（自然人或法人），每名只列一次。", "There are 2 to 100 parties, persons and legal entities, and each is named once."));

    public static readonly Refusal WorkerMissing = new("applicant.worker-missing", 422,
        new("缺少职工", "The worker is missing"), new("用人单位须写明为哪一位职工申请。", "An employer says for which person it applies."));
}
