using OneDoor.Identity.Pages;
using Standard = OpenIddict.Abstractions.OpenIddictConstants.Scopes;

namespace OneDoor.Identity.Authorize;

/// <summary>What a scope lets an application do, in words for whoever is asked.</summary>
internal static class ScopeTexts
{
    /// <summary>What no scope tells an application.</summary>
    public static readonly Text Untold = new("登录本身不会把您的证件号码告诉应用。", "Signing in alone does not tell the application your identity number.");

    private static readonly Dictionary<string, (string Chinese, string English)> Texts = new()
    {
        [Scopes.CasesSubmit] = ("提交办件申请", "submit applications"),
        [Scopes.CasesReceive] = ("在窗口收下申请", "take applications in at your hall's window"),
        [Scopes.CasesRead] = ("查看办件，包括其中的姓名（名称）和证件号码", "see cases, with the names and identity numbers in them"),
        [Scopes.CasesHandle] = ("办理本部门的办件", "handle your department's cases"),
        [Scopes.CasesSupervise] = ("行使主管权限：不予许可、延长期限、查阅其他部门的办件", "use a supervisor's powers: refuse, extend a limit, open another department's case"),
        [Scopes.CasesAudit] = ("为审计查看所有办件（涉密的除外）", "see every case for an audit, but confidential ones"),
        [Scopes.LicencesRead] = ("查看证照", "see licences"),
        [Scopes.AppointmentsBook] = ("预约办事", "book appointments"),
        [Scopes.AppointmentsManage] = ("管理预约", "manage appointments"),
        [Scopes.TicketsTake] = ("取号排队", "take numbers in the halls"),
        [Scopes.QueueOperate] = ("叫号", "operate the hall's queue"),
        [Scopes.ComplaintsFile] = ("提出投诉", "file complaints"),
        [Scopes.ComplaintsHandle] = ("处理投诉", "handle complaints"),
        [Scopes.ReviewsWrite] = ("评价服务", "review services"),
        [Scopes.NotificationsRead] = ("查看通知", "see what you are told"),
        [Scopes.SupervisionHandle] = ("处理督办事项", "handle supervision matters"),
        [Scopes.FilesWrite] = ("上传文件", "upload files"),
        [Scopes.StatisticsRead] = ("查看统计", "see statistics"),
        [Scopes.EventsRead] = ("查看事件", "see events"),
        [Standard.Profile] = ("知道您的姓名", "know your name"),
        [Standard.OfflineAccess] = ("在您不在场时保持登录", "stay signed in while you are away"),
    };

    /// <summary>Null for a scope that gives an application nothing to speak of.</summary>
    public static string? Of(string scope, PageLanguage language) => Texts.TryGetValue(scope, out var text) ? language.Pick(text.Chinese, text.English) : null;
}
