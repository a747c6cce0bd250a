using Marten;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Emergencies;
using OneDoor.Files;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>Changes cases, and takes applications in.</summary>
public sealed class CaseChanges(
    ChangeTools tools, CurrentCatalogue catalogue, CaseNumbers numbers, CorrectionOptions policy, SignatureOptions signing, LegalClock clock, FoundTable found, HeldLicences held,
    ILicenceRegister register, IStanding standing, IEnumerable<ICaseFollower> followers, IAttemptedRefusals attempts, IHallDoors halls)
    : Changes<Case, CaseFact, CaseCommand>(tools)
{
    /// <summary>The scopes of which one is needed to hand an application in.</summary>
    public static readonly string[] Submitting = [Scopes.CasesSubmit, Scopes.CasesReceive];

    // As it stood when the last command was decided.
    private Case? _before;

    // With which whoever stands before a kiosk goes on.
    private Instead? _window;

    protected override Refusal NotFound => CaseRefusals.NotFound;

    protected override bool KeepsTrace => true;

    /// <summary>Takes an application in: one request creates the whole case.</summary>
    public Task<Outcome> Submit(SubmitCase command, CancellationToken ct) => Submit(command, (_, _) => { }, ct);

    /// <inheritdoc cref="Submit(SubmitCase, CancellationToken)"/>
    /// <param name="command">The application.</param>
    /// <param name="besides">Puts into the session what is committed with the case, of its id.</param>
    /// <param name="ct">Cancels the request.</param>
    public Task<Outcome> Submit(SubmitCase command, Action<IDocumentSession, Guid> besides, CancellationToken ct) => Begin(
        command,
        id =>
        {
            besides(Tools.Session, id);
            return $"/v1/cases/{id}";
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
            await attempts.Note(before, command, refused, body, CancellationToken.None);
        return outcome;
    }

    protected override object View(Case seen, int version, string language) => CaseView.Of(seen with { Version = version }, language) with { Window = _window };

    protected override async Task<Decision<CaseFact>> Decide(Case? before, CaseCommand command, CancellationToken ct)
    {
        (_before, _window) = (before, null);
        // Before anything is held: who looks for news of the catalogue takes another connection.
        await catalogue.Items(ct);
        var item = command.ItemNamed is { } code ? await catalogue.Find(code, ct) : null;
        var number = command is SubmitCase && item is not null ? await numbers.Next(Tools.Session, ct) : 0;
        var asked = new CaseAsking(Tools.Caller.Actor, clock, before?.NowAt(Tools.Now) ?? Tools.Now)
        {
            Policy = policy,
            Signing = signing,
            Item = item,
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
                asked = asked with { HallsClosed = await halls.Closed(Tools.Session, LegalClock.DayOf(asked.Now), ct) };
        }
        if (Case.MayBeBarred(before, command, asked) is { } barred)
            asked = asked with { Bars = await found.BarsOf(barred.Applicants, barred.Item, Tools.Session, ct) };
        if (Case.MayBeSuspended(before, command, asked) is { } applicants)
            asked = asked with { Suspended = await standing.SuspendedFor(Tools.Session, applicants, asked.Now, ct) };
        if (Case.Renewing(command, asked) is { } renewing)
        {
            // Of two who ask for the renewal of one licence at once the later one hears of the other.
            await Tools.Session.Alone(ct, renewing.Holders.Select(holder => $"renewals of {holder}"));
            asked = asked with { Renewed = await register.Renewable(Tools.Session, renewing.Number, renewing.Holders, renewing.Kinds, asked.Now, ct) };
        }
        asked = asked with { IsHeldBack = await IsHeldBack(before, command, asked, ct), PlacesLeft = await PlacesLeft(before, command, asked, ct) };
        if (Case.Cancelling(before, command, asked) is { } cancelling)
            asked = asked with { Cancellable = await register.Cancellable(Tools.Session, cancelling.Number, cancelling.Holders, cancelling.Kind, asked.Now, ct) };
        // A licence for whose renewal nobody waited has ended without the case's hearing of it.
        CaseFact[] voided = before is { Renewal: { } renewal, IsEnded: false } && await register.IsLost(Tools.Session, renewal.Licence, ct)
            ? [.. before.LostRenewal(asked.Now, by: null, renewal.Licence)] : [];
        var decision = Case.Decide(voided.Aggregate(before, Case.Evolve), command, await held.Informed(Tools.Session, asked, command, before, ct));
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

    private async Task<bool> IsHeldBack(Case? before, CaseCommand command, CaseAsking asked, CancellationToken ct)
    {
        if (Granting(before, command) is { } issued)
        {
            // Of a notice and a grant at once the later one hears of the other.
            await Tools.Session.AloneAboutRevocations(before!.HolderKeys, ct);
            return await register.IsHeldBack(Tools.Session, before.HolderKeys, [issued.Code], orSuspended: false, asked.Now, ct);
        }
        if (command is not SubmitCase { Commitment: not null } || asked is not { Renewed: null, Item.Item: { Issued.Count: > 0 } first, Applicant: not null })
            return false;
        // It may be granted at once.
        await Tools.Session.AloneAboutRevocations(asked.KnownToWhoAsks, ct);
        return await register.IsHeldBack(Tools.Session, asked.KnownToWhoAsks, first.Issued, orSuspended: true, asked.Now, ct);
    }

    private async Task<PlacesLeft?> PlacesLeft(Case? before, CaseCommand command, CaseAsking asked, CancellationToken ct)
    {
        if (before is null || Granting(before, command) is not { } issued)
            return null;
        var items = (await catalogue.Items(ct)).Select(published => published.Item).ToArray();
        if (Array.Find(items, item => item.Places is not null && item.Issued.Contains(issued.Code)) is not { Places: { } places })
            return null;
        // Of two who are granted the last place at once the later one hears of the other.
        await Tools.Session.Alone(ct, $"places of {issued.Code}");
        if (await register.Replaces(Tools.Session, before, issued, asked.Now, ct))
            return null;
        // In this order whoever leaves the ones for the others meanwhile is among either of them.
        var earlier = await found.EarlierThan(before, issued, items.Where(item => item.Issued.Contains(issued.Code)).Select(item => item.Code), register, Tools.Session, asked.Now, ct);
        return new(places, await register.Taken(Tools.Session, issued.Code, asked.Now, ct), earlier);
    }

    // The licence that a step is granted with.
    private static IssuedLicence? Granting(Case? before, CaseCommand command) =>
        command is DecideStep { Outcome: StepOutcome.Granted } c && before?.IssuedBy(c.Step) is { } issued && !LicenceKind.Of(issued.Code).Result ? issued : null;
}
