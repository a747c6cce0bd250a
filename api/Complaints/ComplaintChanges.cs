using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Files;
using OneDoor.Graph;
using OneDoor.Tickets;
using OneDoor.WorkOrders;

namespace OneDoor.Complaints;

/// <summary>Files complaints, and changes those that are there.</summary>
public sealed class ComplaintChanges(
    ChangeTools tools, ComplaintCodes codes, ShownCode shown, CurrentCatalogue catalogue, WorkOrderChanges orders, ComplaintOptions policy, LegalClock clock)
    : Changes<Complaint, ComplaintFact, ComplaintCommand>(tools, ComplaintReading.One)
{
    // Of the complaint that is being filed: nothing else ever knows it.
    private string? _code;

    // What came of it by then; null where nothing did.
    private WorkOrder? _order;

    /// <summary>Files a complaint; of who files an anonymous one nothing is kept.</summary>
    public async Task<Outcome> File(FileComplaint command, CancellationToken ct)
    {
        if (command.Anonymous)
        {
            if (!Tools.Http.Forget())
                return GraphRefusals.CodeAlone;
            Tools.Caller.Forget(codeDigest: null);
            if (codes.Filing(Tools.Http) is { } tooMany)
                return tooMany;
        }
        return await Begin(command, ct);
    }

    protected override async Task<Outcome> Change(Guid id, string? ifMatch, object? body, ComplaintCommand command, Complaint? untouched, CancellationToken ct)
    {
        var (viewer, tooMany) = await codes.ViewerOf(Tools.Http, Tools.Caller, shown.Of(Tools.Http.Request, ComplaintOperations.Code), id, Tools.Session, ct);
        if (tooMany is not null)
            return tooMany;
        if (viewer.CodeDigest is { } digest)
            Tools.Caller.Forget(digest);
        return await base.Change(id, ifMatch, body, command, untouched, ct);
    }

    protected override object View(Complaint seen, int version, string language) =>
        ComplaintView.Of(seen.At(Tools.Now) with { Version = version }, _order is null ? null : WorkOrderOutcome.Of(_order.At(Tools.Now)), Tools.Caller.Actor, language) with { Code = _code is null ? null : AccessCode.Grouped(_code) };

    protected override async Task<Decision<ComplaintFact>> Decide(Complaint? before, ComplaintCommand command, CancellationToken ct)
    {
        var asked = new ComplaintAsking(Tools.Caller.Actor, clock, Tools.Now) { Policy = policy };
        if (command is FileComplaint filing)
        {
            if (filing.Anonymous)
            {
                _code = StoreSecrets.NewCode();
                Tools.Caller.Forget(codes.DigestOf(_code));
            }
            asked = asked with
            {
                // Whose upload a file is says who complains: of an anonymous one none is looked for.
                Files = await FileTable.Own(Tools.Session, Tools.Caller.Actor, filing.Anonymous ? [] : filing.Attachments ?? [], ct),
                New = Undated.Id(),
                CodeDigest = Tools.Caller.Actor.CodeDigest,
                Name = Tools.Caller.Applicant?.Name,
                Matter = filing.About switch
                {
                    { Case: { } said } => await CaseOf(said, filing.Anonymous, ct),
                    { Ticket: { } said } => await TicketOf(said, filing.Anonymous, ct),
                    _ => null,
                },
            };
        }
        var decision = Complaint.Decide(before, command, asked);
        _order = before is { Answers.Count: > 0 } ? await orders.Of(before.Id, ct) : null;
        foreach (var answered in decision.Facts.OfType<ComplaintAnswered>())
            _order = Follow(answered, before!);
        return decision;
    }

    // What is upheld is put right; what is not after all, when it is handled once more, need not be (REV-2).
    private WorkOrder? Follow(ComplaintAnswered answered, Complaint c) => c.CauseOf(answered) switch
    {
        null => _order is null ? null : orders.Void(_order),
        _ when _order is { IsEnded: false } => _order,
        { } cause => orders.Open(answered.At, cause),
    };

    // Whoever is signed in means a case that they see. What anybody else says of one is looked up all the same, for somebody has to know
    // whom it is about, and is told nobody who asks; of a number its item tells as much.
    private async Task<ComplaintMatter?> CaseOf(string said, bool isAnonymous, CancellationToken ct)
    {
        if (Guid.TryParse(said.Trim(), out var id))
        {
            var found = isAnonymous ? await Tools.Session.LoadAsync<Case>(id, ct) : await Tools.Session.FindWhole(id, Tools.Caller.Actor, Tools.Now, ct);
            return found is null || (isAnonymous && found.Plan.Confidential) ? null : ComplaintMatter.Of(found);
        }
        return isAnonymous && CaseNumber.ItemOf(said.Trim()) is { } code && (await catalogue.Find(code, ct))?.Item is { Confidential: false } item
            ? new([.. item.Procedure.Steps.Select(s => s.Department).Prepend(item.Department).Distinct()])
            : null;
    }

    // Whoever served answers for it, each of several; where nobody did, the hall.
    private async Task<ComplaintMatter?> TicketOf(string said, bool isAnonymous, CancellationToken ct)
    {
        if (await Tools.Session.LoadAsync<Ticket>(GraphRoots.IdOf("ticket", said.Trim()), ct) is not { } ticket || (!isAnonymous && ticket.SeenBy(Tools.Caller.Actor, Tools.Now) is null))
            return null;
        var servers = ticket.Servers ?? (ticket.ServedBy is { } last ? [new(last, Window: null)] : []);
        Department[] units = [.. servers.Select(server => server.By.Department).OfType<Department>().Distinct()];
        string[] staff = [.. servers.Where(server => server.By.Role == ActorRole.Staff).Select(server => server.By.Subject).Distinct()];
        int?[] windows = [.. servers.Select(server => server.Window).Distinct()];
        return new(
            units.Length == 0 ? [Department.ServiceOffice] : units, Place: new(ticket.Hall, windows is [var only] ? only : null), Served: staff.Length == 0 ? null : staff, Ticket: ticket.Id);
    }
}

/// <summary>What can be asked of a complaint that is there, for both doors.</summary>
public static class ComplaintOperations
{
    public static readonly Beginning<ComplaintChanges, FileComplaint> File = new(
        "fileComplaint", "Complain about how a service was rendered (投诉)", "The complaint.",
        "The answer to an anonymous one has the code that leads back to it: it is shown this once. A complaint is no remedy against a decision, and stops none of its days.",
        new(ComplaintExamples.Request, ComplaintExamples.Filed), (changes, command, ct) => changes.File(command, ct), Scopes.ComplaintsFile)
    {
        Unless = new(command => command.Anonymous, "anonymous: true, which needs no token", "With anonymous: true none is needed, and one that comes along is not looked at."),
    };

    public static readonly InsteadOfToken Code = new("OneDoor-Complaint-Code", "The code of an anonymous complaint, instead of a token. It is never logged, and a token sent along is not looked at.");

    public static readonly Operations<ComplaintCommand> All = new Operations<ComplaintCommand>()
        .On(new Operation<AcceptComplaint>("acceptComplaint", "acceptance", "Take a complaint on (受理投诉)",
            new(new AcceptComplaint(), ComplaintExamples.Accepted), Scopes.ComplaintsHandle)
        { Bare = new() })
        .On(new Operation<ReturnComplaint>("returnComplaint", "return", "Tell the complainant that it is not for here, and where to turn (退回投诉)",
            new(ComplaintExamples.Misrouted, ComplaintExamples.Returned), Scopes.ComplaintsHandle))
        .On(new Operation<ExtendComplaint>("extendComplaint", "extension", "Take longer for a complex complaint, once and before it is due (延期答复)",
            new(new ExtendComplaint("Two halls have to be heard."), ComplaintExamples.Extended), Scopes.ComplaintsHandle))
        .On(new Operation<AnswerComplaint>("answerComplaint", "answer", "Answer a complaint with a finding (答复投诉)",
            new(ComplaintExamples.Answering, ComplaintExamples.Answered), Scopes.ComplaintsHandle))
        .On(new Operation<RateComplaint>("rateComplaint", "rating", "Say whether the answer satisfies (评价答复)",
            new(new RateComplaint(false), ComplaintExamples.Rated), Scopes.ComplaintsFile)
        {
            Instead = Code,
        })
        .On(new Operation<ReopenComplaint>("reopenComplaint", "reopening", "Have a complaint handled once more, one level higher (申请重办)",
            new(new ReopenComplaint("Nobody asked me."), ComplaintExamples.Reopened), Scopes.ComplaintsFile)
        {
            Instead = Code, Bare = new(),
        });
}
