namespace OneDoor.Webhooks;

/// <summary>Why a webhook, or what is asked of one, is refused.</summary>
public static class WebhookRefusals
{
    public static readonly Refusal NotFound = new("webhook.not-found", 404,
        new("没有这个订阅", "There is no such webhook"), new("不存在，或不是您的。", "It does not exist, or is not yours."));

    public static readonly Refusal UrlInvalid = new("webhook.url-invalid", 422,
        new("地址无效", "The address is not valid"), new("须为不超过2000个字符的 https 地址，不含用户信息和片段。", "An https address of at most 2,000 characters, without a user and a fragment."));

    public static readonly Refusal UrlRefused = new("webhook.url-refused", 422,
        new("不向该地址发送", "Nothing is sent to this address"), new("内网和本机地址须由运营方配置允许。", "It is a private address, or this machine's, which only an operator can allow."));

    public static readonly Refusal TypesUnknown = new("webhook.types-unknown", 422, new("没有此事件类型", "There are no such types of events"), new("事件类型目录列有全部类型；以 .* 结尾表示一类。", "The catalogue of event types lists them all; a name that ends in .* means a family of them."));

    public static readonly Refusal DescriptionTooLong = new("webhook.description-too-long", 422, new("说明过长", "The description is too long"), new("不超过200个字符。", "At most 200 characters."));

    public static readonly Refusal PlaceUnknown = new("webhook.place-unknown", 422, new("游标无效", "The cursor is not valid"), new("须为事件流的游标。", "It has to be one of the feed's."));

    public static readonly Refusal TooMany = new("webhook.too-many", 409, new("订阅过多", "There are too many webhooks"), new("每个客户端至多20个。", "A client has at most 20."));

    public static readonly Refusal TooManySecrets = new("webhook.too-many-secrets", 409,
        new("密钥更换过于频繁", "The secret was rolled too often"), new("更换后的旧密钥24小时内仍有效，同时有效的至多10个；请稍后再更换。", "A former one signs for 24 hours more, and there are ten at a time at most. Roll it later."));

    public static readonly Refusal OfSystems = new("webhook.of-systems", 403, new("订阅仅限系统客户端", "Webhooks are for systems"), new("令牌须是系统自己的。", "The token has to be a system's own, of nobody who is signed in."));
}
