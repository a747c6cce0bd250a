using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Guidance;

/// <summary>Forms with what who is signed in has given before (JOINT-4), and nobody else with them.</summary>
public sealed class PrefilledForms(FoundTable found, IQuerySession session, HeldLicences licences, TimeProvider time)
{
    // What one said longer ago is not looked for.
    private const int CasesLookedInto = 20;

    // Of a form that is about one licence, the field that says which.
    private const string Licence = "licence";

    /// <summary>The form with what the caller has answered in cases of their own, and in which; as it is for everybody else.</summary>
    public async Task<(JsonObject Schema, IReadOnlyList<Guid> Cases)> Of(ItemPublished published, string language, Caller caller, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (form, today) = (published.Form!, LegalClock.DayOf(now));
        var own = caller.Actor is { Department: null, Applicant: { } key } ? key : null;
        Case[] before = own is null ? [] : await OwnCases(own, ct);
        var offered = new Dictionary<string, Offered>(Offered.To(form, before.Select(AnswerOf).OfType<(Form, JsonElement, Guid)>(), today));
        if (own is not null && form.Fields.Any(field => field is { Name: Licence, Type: FieldType.Licence }) && await Held(published.Item, own, caller.Actor, now, ct) is { } held)
            offered[Licence] = new(JsonSerializer.SerializeToElement(held.Licence.Number), held.Case);
        var besides = Besides(before);
        return (
            FormSchema.Of(form, published.Item.Code, published.Version, language, today, offered, besides),
            [.. offered.Values.Concat(besides.Values).Select(o => o.Case).Distinct()]);
    }

    private async Task<Case[]> OwnCases(string own, CancellationToken ct)
    {
        var cases = await found.SearchCases([new Way.AsApplicant(own)]).First(Order.LastSubmittedFirst, after: null, including: false, CasesLookedInto, ct);
        var read = (await session.LoadManyAsync<Case>(ct, [.. cases.Select(c => c.Id)])).ToDictionary(c => c.Id);
        return
        [
            .. from finding in cases
               let @case = read.GetValueOrDefault(finding.Id)
               where @case is { Applicant.Kind: not (ApplicantKind.JointParties or ApplicantKind.Founders) } && @case.ApplicantKey == own
               select @case,
        ];
    }

    private static (Form, JsonElement, Guid)? AnswerOf(Case @case) =>
        @case.Plan.Form is { } form && AnswerText.Read(@case.Form) is { } answer ? (form, answer, @case.Id) : null;

    // The one that the item renews, changes or strikes. Of several nobody but their holder knows which.
    private async Task<HeldLicence?> Held(Item item, string own, Actor viewer, DateTimeOffset now, CancellationToken ct)
    {
        string[] kinds = [.. item.Issued.Concat(item.Procedure.Steps.Select(step => step.Cancels).OfType<string>()).Distinct()];
        return kinds.Length > 0 && await licences.Of(session, [own], viewer, kinds, now, ct) is [var only] ? only : null;
    }

    // How they were reached last and who handled it. The authority was given for that matter, and is not offered for another.
    private static Dictionary<string, Offered> Besides(IReadOnlyList<Case> before)
    {
        var besides = new Dictionary<string, Offered>();
        if (before.FirstOrDefault(c => c.Contact is not null) is { Contact: { } contact } reached)
            besides.Add("contact", new(JsonSerializer.SerializeToElement(contact, PlatformJson.Options), reached.Id));
        if (before.FirstOrDefault(c => c.Agent is not null) is { Agent: { } agent } handled)
            besides.Add("agent", new(JsonSerializer.SerializeToElement(agent with { Authority = null }, PlatformJson.Options), handled.Id));
        return besides;
    }
}
