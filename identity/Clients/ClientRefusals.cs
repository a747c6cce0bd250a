namespace OneDoor.Identity.Clients;

/// <summary>Why client administration says no. Every code is listed in docs/IDENTITY.md.</summary>
internal static class ClientRefusals
{
    public static readonly Refusal NotFound = new("client.not-found", 404, new("没有该客户端", "There is no such client"));

    public static readonly Refusal Exists = new("client.exists", 409, new("客户端标识已被使用", "The client id is taken"));

    public static readonly Refusal NotInThisState = new("client.not-in-this-state", 409, new("客户端当前状态不允许此操作", "The client's state does not allow this"));

    public static readonly Refusal NoSecrets = new("client.secrets-are-for-the-sandbox", 409,
        new("仅沙箱客户端使用密钥口令", "Secrets are for clients of the sandbox only"),
        new("其他客户端以自己的密钥对签名。", "Every other client signs with a key of its own."));

    public static readonly Refusal Oneself = new("client.not-oneself", 409,
        new("不能停用或更改自己", "A client does not disable or change itself"), new("请由另一管理客户端操作。", "Let another managing client do it."));

    public static readonly Refusal NoApplication = new("client.no-application", 409,
        new("该客户端不代表登录的人", "The client acts for nobody who signs in"),
        new("回调地址、授权确认和推送请求仅用于应用。", "Redirect addresses, consent and pushed requests are for applications."));

    public static readonly Refusal ApplicationInvalid = new("client.application-invalid", 422, new("应用无效", "The application is not valid"));

    public static readonly Refusal RedirectInvalid = new("client.redirect-invalid", 422,
        new("回调地址无效", "A redirect address is not valid"),
        new("须有1至20个绝对地址：https；本机的 http；本机应用还可用以反向域名为方案的地址。不得含片段、用户信息或通配符。",
            "There are 1 to 20 absolute addresses: https, http at the person's own machine or, for a native application, a scheme that is a reversed domain; without fragment, user or wildcard."));

    public static readonly Refusal IdInvalid = new("client.id-invalid", 422,
        new("客户端标识无效", "The client id is not valid"),
        new("须为2至100个小写字母、数字或连字符，不得以 sandbox- 开头，也不得为 playground、mobile 或 kiosk。", "It has 2 to 100 lower-case letters, digits and hyphens, and is none of the sandbox's: it does not start with sandbox-, nor is it playground, mobile or kiosk."));

    public static readonly Refusal NameInvalid = new("client.name-invalid", 422,
        new("客户端名称无效", "The client's name is not valid"), new("须为1至100个字符，不含控制字符。", "It has 1 to 100 characters and no control characters."));

    public static readonly Refusal ScopeUnknown = new("client.scope-unknown", 422, new("没有该权限范围", "There is no such scope"));

    public static readonly Refusal DepartmentUnknown = new("client.department-unknown", 422, new("没有该部门", "There is no such department"));

    public static readonly Refusal HallUnknown = new("client.hall-unknown", 422, new("没有该大厅", "There is no such hall"));

    public static readonly Refusal HallOfKiosks = new("client.hall-of-kiosks", 422,
        new("只有自助机属于一个大厅", "Kiosks alone stand in a hall"),
        new("须为不属部门、以自身名义操作的客户端，或 kind 为 device 且有密钥（jwks）的应用。", "A kiosk is a client without a department that acts for itself, or an application of the kind device that has keys (jwks)."));

    public static readonly Refusal KeysInvalid = new("client.keys-invalid", 422, new("密钥集无效", "The key set is not valid"));

    public static readonly Refusal KeysPrivate = new("client.keys-private", 422,
        new("密钥集含有私钥", "The key set holds a private or shared key"),
        new("仅接受公钥；该密钥应视为已泄露。", "It takes public keys only. Consider that key disclosed."));

    public static readonly Refusal KeysDoNotOverlap = new("client.keys-do-not-overlap", 422,
        new("新旧密钥集没有共同的密钥", "The new set shares no key with the old one"),
        new("请先同时列出新旧密钥；密钥泄露时可令 overlap 为 false。", "List the old key beside the new one first; when the old one was disclosed, say \"overlap\": false."));

    public static readonly Refusal CertificateMissing = new("client.certificate-missing", 422,
        new("密钥集没有证书", "The key set holds no certificate"),
        new("要求证书绑定的客户端须在 x5c 中登记证书。", "A client whose tokens are bound registers its certificate in x5c of a key."));

    public static readonly Refusal ReasonMissing = new("client.reason-missing", 422,
        new("缺少理由", "A reason is missing"), new("须为1至500个字符。", "It has 1 to 500 characters."));
}
