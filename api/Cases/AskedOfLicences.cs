using Marten;
using OneDoor.Catalogue;

namespace OneDoor.Cases;

/// <summary>Asks the register what a rule of cases has to know of licences; nothing where the rule would make nothing of it.</summary>
public sealed class AskedOfLicences(ILicenceRegister register, HeldLicences held, CurrentCatalogue catalogue, FoundTable found)
{
    /// <summary>What the rule knows, with what it has to know of licences.</summary>
    /// <param name="session">Where to look; until its transaction ends, nobody else changes what the answers rest on.</param>
    /// <param name="asked">What it knows already.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="before">The case so far; null before it is submitted.</param>
    public async Task<CaseAsking> Informed(IDocumentSession session, CaseAsking asked, CaseCommand command, Case? before, CancellationToken ct)
    {
        if (Case.Renewing(before, command, asked) is { } renewing)
        {
            // Of two who ask for the renewal of one licence at once the later one hears of the other.
            await session.Alone(ct, renewing.Holders.Select(holder => $"renewals of {holder}"));
            asked = asked with { Renewable = await register.Renewable(session, renewing.Number, renewing.Holders, renewing.Kinds, asked.Now, ct) };
        }
        asked = before is not null && Granting(before, command) is { } issued
            ? asked with
            {
                RenewedNow = before.Renewal is { Licence: var number } ? await register.NumberNow(session, number, ct) : null,
                IsHeldBack = await IsHeldBack(session, before, issued, asked.Now, ct),
                PlacesLeft = await PlacesLeft(session, before, issued, asked.Now, ct),
            }
            : asked with { IsHeldBack = await IsHeldBack(session, asked, command, ct) };
        if (Case.Cancelling(before, command, asked) is { } cancelling)
            asked = asked with { Cancellable = await register.Cancellable(session, cancelling.Number, cancelling.Holders, cancelling.Kind, asked.Now, ct) };
        return await Proving(session, asked, command, before, ct);
    }

    // The licence that a step is granted with.
    private static IssuedLicence? Granting(Case before, CaseCommand command) =>
        command is DecideStep { Outcome: StepOutcome.Granted } c && before.IssuedBy(c.Step) is { } issued && !LicenceKind.Of(issued.Code).Result ? issued : null;

    private async Task<bool> IsHeldBack(IDocumentSession session, Case before, IssuedLicence issued, DateTimeOffset now, CancellationToken ct)
    {
        // Of a notice and a grant at once the later one hears of the other.
        await session.AloneAboutRevocations(before.HolderKeys, ct);
        return await register.IsHeldBack(session, before.HolderKeys, [issued.Code], orSuspended: false, now, ct);
    }

    private async Task<bool> IsHeldBack(IDocumentSession session, CaseAsking asked, CaseCommand command, CancellationToken ct)
    {
        if (command is not SubmitCase { Commitment: not null } || asked is not { Renewed: null, Item.Item: { Issued.Count: > 0 } first, Applicant: not null })
            return false;
        // It may be granted at once.
        await session.AloneAboutRevocations(asked.KnownToWhoAsks, ct);
        return await register.IsHeldBack(session, asked.KnownToWhoAsks, first.Issued, orSuspended: true, asked.Now, ct);
    }

    private async Task<PlacesLeft?> PlacesLeft(IDocumentSession session, Case before, IssuedLicence issued, DateTimeOffset now, CancellationToken ct)
    {
        Item[] issuing = [.. (await catalogue.Items(ct)).Select(published => published.Item).Where(item => item.Issued.Contains(issued.Code))];
        if (Array.Find(issuing, item => item.Places is not null) is not { Places: { } places })
            return null;
        // Of two who are granted the last place at once the later one hears of the other.
        await session.Alone(ct, $"places of {issued.Code}");
        if (await register.Replaces(session, before, issued, now, ct))
            return null;
        // In this order whoever leaves the ones for the others meanwhile is among either of them.
        var earlier = await found.EarlierThan(before, issued, issuing.Select(item => item.Code), register, session, now, ct);
        return new(places, await register.Taken(session, issued.Code, now, ct), earlier);
    }

    // JOINT-4: what is proved is not asked for.
    private async Task<CaseAsking> Proving(IQuerySession session, CaseAsking asked, CaseCommand command, Case? before, CancellationToken ct)
    {
        string[] kinds = [.. Case.Provable(before, command, asked.Item?.Item).Select(m => m.ProvedBy!).Distinct()];
        if (kinds.Length == 0)
            return asked;
        // Who submits is told no more than a preview tells. The department that answers may not ask for what any licence proves.
        var proving = before is null
            ? await held.Of(session, asked.Applicant!.ProvingKeys, asked.By, kinds, asked.Now, ct)
            : await held.Of(session, before.Applicant.ProvingKeys, viewer: null, kinds, asked.Now, ct);
        return asked with
        {
            Held = [.. proving.Select(h => h.Licence)],
            KnownToSubmitter = [.. proving.Where(h => before is null || h.SubmittedBy == before.SubmittedBy).Select(h => h.Licence.Number)],
        };
    }
}

/// <summary>Grants, suspensions and notices of revocation, one after the other.</summary>
public static class GrantsAndRevocations
{
    /// <summary>Until the transaction ends nobody else tells these holders that a licence of theirs is to be revoked, suspends one, or grants them one.</summary>
    public static Task AloneAboutRevocations(this IDocumentSession session, IEnumerable<string> holders, CancellationToken ct) => session.Alone(ct, holders.Select(holder => $"revocations of {holder}"));
}
