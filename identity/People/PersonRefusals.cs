using OneDoor.Applicants;

namespace OneDoor.Identity.People;

/// <summary>Why people administration says no, beside what client administration says. Every code is listed in docs/IDENTITY.md.</summary>
internal static class PersonRefusals
{
    public static readonly Refusal NotFound = new("person.not-found", 404, new("没有该人员", "There is no such person"));

    public static readonly Refusal Exists = new("person.exists", 409, new("用户名已被使用", "The user name is taken"));

    public static readonly Refusal HasAccount = new("person.has-account", 409,
        new("该公民已有账户", "The citizen has an account"), new("停用该账户后方可另建。", "Disable that one to create another."));

    public static readonly Refusal NotInThisState = new("person.not-in-this-state", 409,
        new("该人员当前状态不允许此操作", "The person's state does not allow this"));

    public static readonly Refusal OfTheSandbox = new("person.of-the-sandbox", 409,
        new("沙箱人员不可更改", "The sandbox's people stay as they are"), new("他们的密码是公开的；请另建人员。", "Their passwords are public; create somebody else."));

    public static readonly Refusal NameInvalid = new("person.name-invalid", 422,
        new("用户名或姓名无效", "The user name or the display name is not valid"),
        new("用户名须为3至64个小写字母、数字、点、连字符或下划线，且不是身份号码；姓名须为1至100个字符，不含控制字符。",
            "A user name has 3 to 64 lower-case letters, digits, dots, hyphens and underscores and is no identity number; a display name has 1 to 100 characters and no control characters."));

    public static readonly Refusal RoleUnknown = new("person.role-unknown", 422,
        new("没有该角色", "There is no such role"), new("须为 citizen、enterprise、clerk、supervisor 或 auditor。", "It is citizen, enterprise, clerk, supervisor or auditor."));

    public static readonly Refusal NotForRole = new("person.not-for-role", 422,
        new("该角色缺少或不能有此项", "The role needs this, or cannot have it"),
        new("公民有 citizenId，企业有 uscc，或者以 identifier 提供其他证件；工作人员有部门并可有大厅；审计人员的部门是 service-office。",
            "A citizen has a citizenId and an enterprise a uscc, or an identifier of theirs in its place; staff a department and perhaps a hall; an auditor's department is service-office."));

    public static readonly Refusal HallUnknown = new("person.hall-unknown", 422, new("没有该大厅", "There is no such hall"));

    public static readonly Refusal CitizenIdInvalid = ApplicantRefusals.CitizenIdInvalid;

    public static readonly Refusal UsccInvalid = ApplicantRefusals.UsccInvalid;

    public static readonly Refusal IdentifierInvalid = ApplicantRefusals.IdentifierInvalid;

    public static readonly Refusal CountryInvalid = ApplicantRefusals.CountryInvalid;
}
