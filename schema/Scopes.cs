namespace OneDoor;

/// <summary>The OAuth 2 scopes of the platform. A token's scopes say what its holder may ask for; what it sees is the visibility policy's.</summary>
public static class Scopes
{
    /// <summary>Submit cases, sign, supply materials, withdraw; have a licence of one's own cancelled, and answer a notice that it is to be revoked; ask for a credit record's repair, or object to it.</summary>
    public const string CasesSubmit = "cases:submit";

    /// <summary>Take an application in at a window of one's hall (收件), and nothing else of what submitting lets: staff's.</summary>
    public const string CasesReceive = "cases:receive";

    /// <summary>Read cases, and what somebody did not keep.</summary>
    public const string CasesRead = "cases:read";

    /// <summary>Handle the steps of one's own department: accept, correct, redirect, pause, decide. Never to refuse (CASE-4).</summary>
    public const string CasesHandle = "cases:handle";

    /// <summary>What only a supervisor may do: refuse, extend a limit, revoke a licence, assess people; for the service office, open a case for a stated reason. Has to be asked for by name.</summary>
    public const string CasesSupervise = "cases:supervise";

    /// <summary>Read every case but confidential ones, whole; each read is logged. It lets nobody change anything (SIGHT-1). Has to be asked for by name.</summary>
    public const string CasesAudit = "cases:audit";

    /// <summary>Read and print licences, and read the supervision tasks of one's own.</summary>
    public const string LicencesRead = "licences:read";

    /// <summary>Suspend, reinstate, announce the revocation of, cancel and replace licences, for the department that issued or supervises them.</summary>
    public const string LicencesManage = "licences:manage";

    /// <summary>Read events of what one may see.</summary>
    public const string EventsRead = "events:read";

    /// <summary>Have webhooks, each client its own.</summary>
    public const string WebhooksManage = "webhooks:manage";

    /// <summary>Book for oneself, and move, cancel and read what one has booked.</summary>
    public const string AppointmentsBook = "appointments:book";

    /// <summary>Book for the applicant a department names, and move, cancel and read that; the service office besides sets the halls' schedules.</summary>
    public const string AppointmentsManage = "appointments:manage";

    /// <summary>Open and close windows, call, serve, park, send on and complete tickets; hand them out at the desk.</summary>
    public const string QueueOperate = "queue:operate";

    /// <summary>Take a number to wait with: for oneself, or as a kiosk for whoever stands before it.</summary>
    public const string TicketsTake = "tickets:take";

    /// <summary>Complain under one's name, rate the answer, have it handled once more.</summary>
    public const string ComplaintsFile = "complaints:file";

    /// <summary>Handle complaints, reviews and work orders: the service office, and each department those that are about it or given to it.</summary>
    public const string ComplaintsHandle = "complaints:handle";

    /// <summary>Rate how one's own matters were handled.</summary>
    public const string ReviewsWrite = "reviews:write";

    /// <summary>Say that one knows of a grant, record what an inspection found and what came of it: for the department that supervises.</summary>
    public const string SupervisionHandle = "supervision:handle";

    /// <summary>Read what one was told of what concerns one, and say that one has read it.</summary>
    public const string NotificationsRead = "notifications:read";

    /// <summary>Upload files, for whatever one hands in.</summary>
    public const string FilesWrite = "files:write";

    /// <summary>Read figures of concluded cases, and those of departments and windows.</summary>
    public const string StatisticsRead = "statistics:read";

    /// <summary>Nothing yet: an operator publishes the catalogue by a command.</summary>
    public const string CatalogueManage = "catalogue:manage";

    /// <summary>Administer clients and people, at the identity server.</summary>
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
