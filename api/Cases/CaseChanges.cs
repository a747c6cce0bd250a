using Marten;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Emergencies;
using OneDoor.Files;

namespace OneDoor.Cases;

/// <summary>Changes cases, and takes applications in.</summary>
public sealed class CaseChanges(
    ChangeTools tools, CurrentCatalogue catalogue, CaseNumbers numbers, CorrectionOptions policy, SignatureOptions signing, LegalClock clock, FoundTable found, AskedOfLicences licences,
    ILicenceRegister register, SuspendedFor suspended, IEnumerable<ICaseFollower> followers, NoteAttemptedRefusal note, HallsClosed closed)
    : Changes<Case, CaseFact, CaseCommand>(tools, Resource)
{
    public static readonly Resource Resource = new("case", "/v1/cases", CaseRefusals.NotFound);

    /// <summary>The scopes of which one is needed to hand an application in.</summary>
    public static readonly string[] Submitting = [Scopes.CasesSubmit, Scopes.CasesReceive];

    // As it stood when the last command was decided.
    private Case? _before;

    // With which whoever stands before a kiosk goes on.
    private Instead? _window;

    protected override bool KeepsTrace => true;

    /// <summary>Takes an application in: one request creates the whole case.</summary>
    public Task<Outcome> Submit(SubmitCase command, CancellationToken ct) => Submit(command, (_, _) => { }, ct);

    /// <inheritdoc cref="Submit(SubmitCase, CancellationToken)"/>
    /// <param name="command">The application.</param>
    /// <param name="besides">Puts into the session what is committed with the case, of its id.</param>
    public Task<Outcome> Submit(SubmitCase command, Action<IDocumentSession, Guid> besides, CancellationToken ct) => Begin(
        command,
        id =>
        {
            besides(Tools.Session, id);
            return $"{Resource.Address}/{id}";
        },
        ct);

    /// <summary>Moves the clock of a case forward, whatever version of it somebody saw.</summary>
    public Task<Outcome> Move(MoveClock command, CancellationToken ct) => ChangeInTurn(command.Case, command, ct);

    // CASE-4: what a clerk tried is recorded, too, after it is certain that nothing else was answered under the same key.
    protected override async Task<Outcome> Change(Guid id, string? ifMatch, object? body, CaseCommand command, Case? untouched, CancellationToken ct)
    {
        var outcome = await base.Change(id, ifMatch, body, command, untouched, ct);
        if (outcome.Refused is { } refused && _before is { } before)
            // Whoever hangs up before they are answered has tried all the same.
            await note(before, command, refused, body, CancellationToken.None);
        return outcome;
    }

    protected override object View(Case seen, int version, string language) => CaseView.Of(seen with { Version = version }, language) with { Window = _window };

    protected override async Task<Decision<CaseFact>> Decide(Case? before, CaseCommand command, CancellationToken ct)
    {
        (_before, _window) = (before, null);
        // Before anything is held: who looks for news of the catalogue takes another connection.
        var items = await catalogue.Items(ct);
        var item = (command is SignCase ? before?.Plan.Item : command.ItemNamed) is { } code ? await catalogue.Find(code, ct) : null;
        var number = command is SubmitCase && item is not null ? await numbers.Next(Tools.Session, ct) : 0;
        var asked = new CaseAsking(Tools.Caller.Actor, clock, before?.NowAt(Tools.Now) ?? Tools.Now)
        {
            Policy = policy,
            Signing = signing,
            Item = item,
            Permission = Case.AppliedFor(before, command) is { } wanted ? Permission.Of(wanted, items) : null,
            Files = await FileTable.Own(Tools.Session, Tools.Caller.Actor, CaseFiles.Named(command, item?.Form ?? before?.Plan.Form), ct),
        };
        if (command is SubmitCase submit)
        {
            // For anybody but staff, of whom the rule asks a window and a hall, that scope is none.
            if (asked.By.Role != ActorRole.Staff && !Tools.Caller.Has(Scopes.CasesSubmit))
                return RequestRefusals.ScopeMissing.Because($"需要：{Scopes.CasesSubmit}。", $"Needed is {Scopes.CasesSubmit}.");
            var (applicant, unnamed) = Tools.Caller.WhoApplies(submit.Applicant);
            if (unnamed is not null)
                return item is null ? Refusal.AllOf([CaseRefusals.ItemUnknown.At("/item"), unnamed])! : unnamed;
            asked = asked with
            {
                Applicant = applicant,
                RegisteredName = Tools.Caller.Applicant?.Name,
                KnownNames = asked.By.Role == ActorRole.Staff ? await found.NamesOf(applicant!, Tools.Session, ct) : asked.KnownNames,
                Emergency = submit.EmergencyProject is { } project ? await Tools.Session.LoadAsync<EmergencyProject>(project, ct) : null,
                New = item is not null ? (Guid.CreateVersion7(asked.Now), CaseNumber.Of(item.Item.Code, LegalClock.DayOf(asked.Now), number)) : default,
            };
            if (submit.Channel == Channel.Kiosk)
                asked = asked with { HallsClosed = await closed(Tools.Session, LegalClock.DayOf(asked.Now), ct) };
        }
        if (Case.MayBeBarred(before, command, asked) is { } barred)
            asked = asked with { Bars = await found.BarsOf(barred, asked.Permission!.Items, Tools.Session, ct) };
        if (Case.MayBeSuspended(before, command, asked) is { } applicants)
            asked = asked with { Suspended = await suspended(Tools.Session, applicants, asked.Now, ct) };
        asked = await licences.Informed(Tools.Session, asked, command, before, ct);
        // A licence for whose renewal nobody waited has ended without the case's hearing of it.
        CaseFact[] voided = before is { AskedRenewal: { } renewal, IsEnded: false } && await register.IsLost(Tools.Session, renewal.Licence, ct)
            ? [.. before.LostRenewal(asked.Now, by: null, renewal.Licence)] : [];
        var decision = Case.Decide(voided.Aggregate(before, Case.Evolve), command, asked);
        if (decision.Facts.Count > 0 && voided.Length > 0)
            decision = Decision<CaseFact>.Of([.. voided, .. decision.Facts]);
        var after = decision.Facts.Aggregate(before, Case.Evolve);
        if (command is SubmitCase at && Case.GoesOnAt(at, asked.By, after, decision.Refused) is { } hall && clock.OpensAt(hall.Code, asked.Now, asked.HallsClosed[hall.Code]) is { } opens)
            _window = new("takeTicket", $"/v1/halls/{hall.Code}/tickets", opens > asked.Now ? opens : null);
        if (decision.Refused is { } refused)
            return refused with { Instead = _window };
        await followers.Follow(Tools.Session, after!, decision.Facts, ct);
        await register.Follow(Tools.Session, before, after!, after!.ByEverybodysClock(decision.Facts), ct);
        return decision;
    }
}
