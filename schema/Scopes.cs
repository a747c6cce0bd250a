namespace OneDoor;

/// <summary>The OAuth 2 scopes of the platform. A token's scopes say what its holder may ask for; what it sees is the visibility policy's.</summary>
public static class Scopes
{
    public const string CasesSubmit = "cases:submit";

    /// <summary>Take an application in at a window of one's hall (收件), and nothing else of <see cref="CasesSubmit"/>: staff's.</summary>
    public const string CasesReceive = "cases:receive";
    public const string CasesRead = "cases:read";

    /// <summary>Handle the steps of one's own department: accept, correct, redirect, decide. Never to refuse (CASE-4).</summary>
    public const string CasesHandle = "cases:handle";

    /// <summary>What only a supervisor may do: refuse, extend a limit; for the service office, open a case for a stated reason.</summary>
    public const string CasesSupervise = "cases:supervise";

    /// <summary>Read every case but confidential ones, whole; each read is logged. It lets nobody change anything (SIGHT-1).</summary>
    public const string CasesAudit = "cases:audit";

    public const string LicencesRead = "licences:read";
    public const string LicencesManage = "licences:manage";
    public const string EventsRead = "events:read";
    public const string WebhooksManage = "webhooks:manage";
    public const string AppointmentsBook = "appointments:book";
    public const string AppointmentsManage = "appointments:manage";
    public const string QueueOperate = "queue:operate";

    /// <summary>Take a number to wait with: for oneself, or as a kiosk for whoever stands before it.</summary>
    public const string TicketsTake = "tickets:take";
    public const string ComplaintsFile = "complaints:file";
    public const string ComplaintsHandle = "complaints:handle";
    public const string ReviewsWrite = "reviews:write";
    public const string SupervisionHandle = "supervision:handle";

    /// <summary>Read what one was told of what concerns one, and say that one has read it.</summary>
    public const string NotificationsRead = "notifications:read";

    /// <summary>Upload files, for whatever one hands in.</summary>
    public const string FilesWrite = "files:write";

    public const string StatisticsRead = "statistics:read";
    public const string CatalogueManage = "catalogue:manage";
    public const string ClientsManage = "clients:manage";

    /// <summary>
    /// What acts for a department, or sets what holds for all. Outside development a system's token with one of them is bound to its client's
    /// certificate (RFC 8705).
    /// </summary>
    public static readonly IReadOnlyList<string> OfDepartments =
        [CasesHandle, CasesSupervise, CasesAudit, LicencesManage, AppointmentsManage, QueueOperate, ComplaintsHandle, SupervisionHandle, CatalogueManage];

    /// <summary>What lets one read cases, as far as one sees them.</summary>
    public static readonly IReadOnlyList<string> ToReadCases = [CasesRead, CasesAudit];

    /// <summary>What people do for themselves, or a kiosk or staff for who stands before them: no department's system asks for one of them.</summary>
    public static readonly IReadOnlyList<string> OfPeople = [CasesReceive, AppointmentsBook, ComplaintsFile, ReviewsWrite, TicketsTake, NotificationsRead];

    /// <summary>Every scope, as published by the identity server's discovery document.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        CasesSubmit, CasesReceive, CasesRead, CasesHandle, CasesSupervise, CasesAudit, LicencesRead, LicencesManage, EventsRead, WebhooksManage,
        AppointmentsBook, AppointmentsManage, QueueOperate, TicketsTake, ComplaintsFile, ComplaintsHandle, ReviewsWrite,
        NotificationsRead, SupervisionHandle, FilesWrite, StatisticsRead, CatalogueManage, ClientsManage,
    ];
}
