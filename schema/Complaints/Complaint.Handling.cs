using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Files;
using OneDoor.WorkOrders;

namespace OneDoor.Complaints;

public sealed partial record Complaint
{
    private const int LongestText = 4_000, LongestReference = 100, LongestSubject = 100, MostNamed = 20, MostAttachments = 10;

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The complaint so far, which the caller sees; null before it is filed.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, when, and what the rule knows besides.</param>
    public static Decision<ComplaintFact> Decide(Complaint? state, ComplaintCommand command, ComplaintAsking asked)
    {
        if (state is null)
            return command is FileComplaint filing ? File(filing, asked) : ComplaintRefusals.NotFound;
        var decision = state.At(asked.Now).Decide(command, asked);
        // What time has brought about meanwhile becomes part of it, so that no miss goes unrecorded.
        return decision.Facts.Count == 0 ? decision : Decision<ComplaintFact>.Of([.. state.Lapse(asked.Now), .. decision.Facts]);
    }

    /// <summary>What is to be put right after an answer: what is upheld, also in part (REV-2); null of what is not. Of a case who leads it answers for it.</summary>
    public WorkOrderCause? CauseOf(ComplaintAnswered answered) => answered.Finding == ComplaintFinding.Unfounded ? null : new(
        Units is [var first, ..] ? first : Department.ServiceOffice, FiledBy, Contact is { } contact ? new ReviewerContact(contact.Phone, contact.Email) : null,
        Complaint: Id, Named: [.. Named.Union(Served ?? [])], AboutOffice: IsAboutOffice);

    private Decision<ComplaintFact> Decide(ComplaintCommand command, ComplaintAsking asked)
    {
        var refused = command is RateComplaint or ReopenComplaint ? IsComplainant(asked.By) ? null : ComplaintRefusals.NotYours : NotTheirs(asked.By);
        return refused is not null ? refused : command switch
        {
            AcceptComplaint c when Status == ComplaintStatus.Filed => Accept(c, asked),
            ReturnComplaint c when Status == ComplaintStatus.Filed => SendBack(c, asked),
            ExtendComplaint c when Status is ComplaintStatus.Accepted or ComplaintStatus.Reopened => Extend(c, asked),
            AnswerComplaint c when Status is ComplaintStatus.Accepted or ComplaintStatus.Reopened => Wrong("/text", c.Text) is { } wrong
                ? wrong : new ComplaintAnswered(asked.Now, asked.By, c.Finding, c.Text, LegalClock.EndOf(LegalClock.DayOf(asked.Now).AddDays(asked.Policy.RateDays))),
            RateComplaint c when Status == ComplaintStatus.Answered && Answers[^1].Satisfied is null => new ComplaintRated(When(asked), Who(asked), c.Satisfied),
            ReopenComplaint when ReopenedAt is not null => ComplaintRefusals.ReopenedAlready,
            ReopenComplaint c when Status == ComplaintStatus.Answered => (c.Reason is null ? null : Wrong("/reason", c.Reason)) is { } wrong
                ? wrong : new ComplaintReopened(When(asked), Who(asked), c.Reason, Due(LegalClock.DayOf(asked.Now), asked.Policy.AnswerDays, asked)),
            _ => ComplaintRefusals.NotInThisState.Because($"投诉{Words(Status).Zh}。", $"It {Words(Status).En}."),
        };
    }

    private static Decision<ComplaintFact> File(FileComplaint c, ComplaintAsking asked)
    {
        if (!c.Anonymous && asked.By.Department is not null)
            return ComplaintRefusals.NotYoursToFile;
        var (units, unknown) = UnitsOf(c, asked);
        if (Refusal.AllOf([
            .. unknown is null ? [] : new[] { unknown },
            .. Wrong("/text", c.Text) is { } wrong ? [wrong] : Array.Empty<Refusal>(),
            .. ContactRefused(c), .. AttachmentsRefused(c, asked)]) is { } refused)
            return refused;
        var at = c.Anonymous ? DayOf(asked.Now) : asked.Now;
        return new ComplaintFiled(
            at, c.Anonymous ? null : asked.By, asked.New, !c.Anonymous && asked.Matter?.Ticket is { } ticket ? new(Ticket: $"{ticket}") : c.About, c.Text, c.Anonymous ? null : asked.Name,
            c.Contact is { } contact ? contact with { Phone = Cases.Contact.Stored(contact.Phone) } : null, units, c.Anonymous ? asked.CodeDigest : null,
            Due(LegalClock.DayOf(asked.Now), asked.Policy.AcceptDays, asked), c.Attachments is { Count: > 0 } ids ? [.. ids.Select(id => asked.Files[id])] : null,
            asked.Matter?.Place, asked.Matter?.Served);
    }

    // Halls and their windows are the service office's. What an anonymous one says of a case or a ticket is neither confirmed nor denied.
    private static (IReadOnlyList<Department> Units, Refusal? Refused) UnitsOf(FileComplaint c, ComplaintAsking asked) => c.About switch
    {
        { Case: { } said, Department: null, Hall: null, Window: null, Ticket: null } => OfMatter(c, said, asked, "/about/case"),
        { Case: null, Department: null, Hall: null, Window: null, Ticket: { } said } => OfMatter(c, said, asked, "/about/ticket"),
        { Case: null, Department: { } department, Hall: null, Window: null, Ticket: null } => ([department], null),
        { Case: null, Department: null, Hall: { } hall, Window: null, Ticket: null } => OfHall(hall, "/about/hall"),
        { Case: null, Department: null, Hall: null, Window: { } window, Ticket: null } =>
            OfHall(window.Hall, "/about/window/hall") is var ofHall && ofHall.Refused is null && !Tickets.Window.Exists(window.Hall, window.Number, Tickets.QueuePolicy.Zone)
                ? ([], ComplaintRefusals.AboutUnknown.At("/about/window/number")) : ofHall,
        _ => ([], ComplaintRefusals.AboutInvalid.At("/about")),
    };

    private static (IReadOnlyList<Department> Units, Refusal? Refused) OfMatter(FileComplaint c, string said, ComplaintAsking asked, string at) => asked.Matter switch
    {
        _ when c.Anonymous => Wording.IsLine(said, LongestReference) ? (asked.Matter?.Units ?? [], null) : ([], ComplaintRefusals.AboutUnknown.At(at)),
        null => ([], ComplaintRefusals.AboutUnknown.At(at)),
        { IsConfidential: true } => ([], ComplaintRefusals.CaseConfidential.At(at)),
        { Units: var units } => (units, null),
    };

    private static (IReadOnlyList<Department> Units, Refusal? Refused) OfHall(string hall, string at) =>
        HallDirectory.Zone.Find(hall) is null ? ([], ComplaintRefusals.AboutUnknown.At(at)) : ([Department.ServiceOffice], null);

    private static IEnumerable<Refusal> AttachmentsRefused(FileComplaint c, ComplaintAsking asked)
    {
        if (c.Attachments is not { Count: > 0 } named)
            return [];
        if (c.Anonymous)
            return [ComplaintRefusals.AnonymousAttachments.At("/attachments")];
        return named.Count > MostAttachments || named.Distinct().Count() < named.Count
            ? [ComplaintRefusals.AttachmentsInvalid.At("/attachments")]
            : named.Index().Where(n => !asked.Files.ContainsKey(n.Item)).Select(n => FileRefusals.Unknown.At($"/attachments/{n.Index}"));
    }

    private static IEnumerable<Refusal> ContactRefused(FileComplaint c) => c switch
    {
        { Contact: null } => [],
        { Anonymous: true } => [ComplaintRefusals.AnonymousContact.At("/contact")],
        { Contact: { Phone: null, Email: null } } => [ComplaintRefusals.ContactInvalid.At("/contact")],
        { Contact: var given } =>
        [
            .. ComplaintRefusals.ContactInvalid.At("/contact/phone").When(given.Phone is { } phone && !Cases.Contact.IsPhone(phone)),
            .. ComplaintRefusals.ContactInvalid.At("/contact/email").When(given.Email is { } email && !Cases.Contact.IsEmail(email)),
        ],
    };

    private static Decision<ComplaintFact> Accept(AcceptComplaint c, ComplaintAsking asked) => Refusal.AllOf(NamedRefused(c.Named ?? [])) is { } refused
        ? refused
        : new ComplaintAccepted(asked.Now, asked.By, Due(LegalClock.DayOf(asked.Now), asked.Policy.AnswerDays, asked), c.Named ?? []);

    private static IEnumerable<Refusal> NamedRefused(IReadOnlyList<string> named) => named.Count > MostNamed
        ? [ComplaintRefusals.NamedInvalid.At("/named")]
        : named.Index().Where(n => !IsSubject(n.Item) || named.Take(n.Index).Contains(n.Item)).Select(n => ComplaintRefusals.NamedInvalid.At($"/named/{n.Index}"));

    // A subject is ASCII (OpenID Connect Core, section 2). What is not, as somebody's name, would stay in a fact that is never erased.
    private static bool IsSubject(string said) => said.Length is > 0 and <= LongestSubject && said.All(c => c is > ' ' and <= '~');

    // What is somebody else's is sent on in time; how a decision is contested is told late rather than never.
    private Decision<ComplaintFact> SendBack(ReturnComplaint c, ComplaintAsking asked)
    {
        var againstDecision = c.AgainstDecision == true;
        if (Refusal.AllOf([
            .. Wrong("/reason", c.Reason) is { } wrong ? [wrong] : Array.Empty<Refusal>(),
            .. ComplaintRefusals.DepartmentInvalid.At("/department").When(!againstDecision && c.Department == Department.ServiceOffice)]) is { } refused)
            return refused;
        if (!againstDecision && IsOverdue)
            return Late(AcceptBy, asked);
        return new ComplaintReturned(asked.Now, asked.By, c.Department, c.Reason, againstDecision ? [Remedy.Against(RemedyAct.Refusal, c.Department)] : []);
    }

    private Decision<ComplaintFact> Extend(ExtendComplaint c, ComplaintAsking asked)
    {
        if (ExtendedFor is not null)
            return ComplaintRefusals.ExtendedAlready;
        if (IsOverdue)
            return Late(AnswerBy!.Value, asked);
        return Wrong("/reason", c.Reason) is { } wrong
            ? wrong
            : new ComplaintExtended(asked.Now, asked.By, c.Reason, Due(LegalClock.DayOf(ReopenedAt ?? AcceptedAt!.Value), asked.Policy.ComplexDays, asked));
    }

    // Why somebody does not handle it; null where they do (COMP-1: never by whom it is about, and what is reopened one level higher).
    private Refusal? NotTheirs(Actor by) => by switch
    {
        not { Department: Department.ServiceOffice } => ComplaintRefusals.NotYoursToHandle,
        { IsSupervisor: false } when IsAboutOffice || Status == ComplaintStatus.Reopened => ComplaintRefusals.NeedsSupervisor,
        // Whom a system acts for it does not say: the department answers for that.
        { Role: ActorRole.Staff } when Status == ComplaintStatus.Reopened && Answers[^1].By.Subject == by.Subject => ComplaintRefusals.HandledBefore,
        _ => null,
    };

    // What an anonymous complainant does has its day and no more (decision 0037).
    private DateTimeOffset When(ComplaintAsking asked) => IsAnonymous ? DayOf(asked.Now, ChangedAt) : asked.Now;

    private Actor? Who(ComplaintAsking asked) => IsAnonymous ? null : asked.By;

    private static DateTimeOffset Due(DateOnly from, int workingDays, ComplaintAsking asked) =>
        asked.Clock.Simulate(LegalClock.MidnightOf(from), new Limit(workingDays, LimitUnit.WorkingDays)).DueAt;

    private static Refusal Late(DateTimeOffset due, ComplaintAsking asked) =>
        ComplaintRefusals.TooLate.Because($"截止 {LegalClock.DayOf(due):yyyy-MM-dd}。", $"It could be until {LegalClock.DayOf(due):yyyy-MM-dd}.");

    private static Refusal? Wrong(string at, string text) =>
        Wording.IsText(text, LongestText) ? null : ComplaintRefusals.TextInvalid.At(at);

    private static Text Words(ComplaintStatus status) => status switch
    {
        ComplaintStatus.Filed => new("尚未受理", "is not accepted yet"),
        ComplaintStatus.Returned => new("已退回", "was returned"),
        ComplaintStatus.Accepted => new("已受理，尚未答复", "is accepted, and not answered yet"),
        ComplaintStatus.Answered => new("已答复", "is answered"),
        ComplaintStatus.Reopened => new("正在重办", "is being handled once more"),
        _ => new("已办结", "is closed"),
    };
}
