using System.ComponentModel;
using Marten;
using Microsoft.AspNetCore.Authentication;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Emergencies;

namespace OneDoor.Guidance;

/// <summary>Who would apply, and with what.</summary>
/// <param name="Applicant">Who would apply; left out, the one who is signed in.</param>
/// <param name="Materials">Codes of the materials at hand.</param>
/// <param name="Hall">The hall in whose hours limits would run; the airport hall when left out.</param>
/// <param name="EmergencyProject">Id of the listed emergency project (应急项目) of which it would be part.</param>
public sealed record PreviewItemRequest(Applicant? Applicant = null, IReadOnlyList<string>? Materials = null, string? Hall = null, Guid? EmergencyProject = null);

/// <summary>What an application would need, cost and take (智能导办, CAT-6).</summary>
/// <param name="Code">The item's code.</param>
/// <param name="Version">Its version in force.</param>
/// <param name="Name">Its name.</param>
/// <param name="Mode">How the reform treats it (改革方式).</param>
/// <param name="Handling">Decided on the spot (即办件) or within the promised limit (承诺件).</param>
/// <param name="StatutoryLimit">What the law allows (法定时限).</param>
/// <param name="PromisedLimit">What the zone promises (承诺时限): of emergency projects the green channel's limit.</param>
/// <param name="Needed">Required materials that are due with the application, and are not at hand and not proved.</param>
/// <param name="NeededLater">The same of those that are due only when a step opens that needs them.</param>
/// <param name="Proved">Materials that a valid licence delivered in a case the caller sees makes unnecessary (JOINT-4).</param>
/// <param name="FeeYuan">The fee (收费) in yuan; 0 where the matter is free.</param>
/// <param name="Due">When the promised limit would end if the case were accepted now.</param>
/// <param name="Plan">When its steps would run then and would have to.</param>
public sealed record ItemPreview(
    string Code, int Version, Text Name, ReformMode Mode, HandlingType Handling, Limit StatutoryLimit, Limit PromisedLimit,
    IReadOnlyList<Material> Needed, IReadOnlyList<Material> NeededLater, IReadOnlyList<Material> Proved, decimal FeeYuan, Due Due, StepPlan Plan)
{
    public static ItemPreview Of(
        ItemPublished published, IReadOnlyList<string> atHand, HashSet<string> licences, LegalClock clock, string hall, DateTimeOffset now, bool isEmergency = false)
    {
        var item = published.Item;
        Due[] due = [clock.Simulate(now, item.PromisedLimit!, hall), .. isEmergency ? [clock.Simulate(now, EmergencyProject.Within)] : Array.Empty<Due>()];
        var open = item.Materials.Where(m => !atHand.Contains(m.Code)).ToLookup(m => m.ProvedBy is not null && licences.Contains(m.ProvedBy));
        var needed = open[false].Where(m => m.Required).ToLookup(m => m.NeededBy);
        return new ItemPreview(
            item.Code, published.Version, item.Name, item.Mode, item.Handling, item.StatutoryLimit!, isEmergency ? EmergencyProject.Within : item.PromisedLimit!,
            [.. needed[MaterialNeed.Submission]], [.. needed[MaterialNeed.Step]], [.. open[true]], item.FeeYuan, due.MinBy(d => d.DueAt)!,
            StepPlan.Of(item, clock, hall, now, isEmergency, [.. needed[MaterialNeed.Step].Select(m => m.Code)]));
    }
}

/// <summary>Previews applications, for both doors.</summary>
public sealed class Previews(CurrentCatalogue catalogue, IQuerySession session, HeldLicences licences, Caller caller, LegalClock clock, TimeProvider time)
{
    /// <summary>What an application for the item of a code would need, or why there is none.</summary>
    public async Task<(ItemPreview? Preview, Refusal? Refused)> Of(string code, PreviewItemRequest request, CancellationToken ct)
    {
        if (await catalogue.Find(code, ct) is not { Item: var item } published)
            return (null, CatalogueRefusals.NotFound);
        var now = time.GetUtcNow();
        var today = LegalClock.DayOf(now);
        if (item.IsEnded(today))
            return (null, CaseRefusals.ItemAbolished with { Detail = item.InsteadOf });
        var hall = Case.HallOf(request.Hall, caller.Actor);
        var (applicant, unnamed) = caller.WhoApplies(request.Applicant);
        Refusal[] wrong =
        [
            .. unnamed is null ? Case.Refusals(item, applicant!, today) : [unnamed],
            .. Case.HallRefused(hall, caller.Actor) is { } closed ? [closed] : Array.Empty<Refusal>(),
            .. await Unlisted(request.EmergencyProject, now, ct),
        ];
        if (Refusal.AllOf(wrong) is { } refused)
            return (null, refused);

        // Only what the caller may see anyway counts: a preview tells nobody what licences somebody else holds.
        string[] kinds = caller.Client.Length == 0 ? [] : [.. item.Materials.Select(m => m.ProvedBy).OfType<string>().Distinct()];
        var held = kinds.Length == 0 ? [] : await licences.Of(session, applicant!.ProvingKeys, caller.Actor, kinds, now, ct);
        return (ItemPreview.Of(published, request.Materials ?? [], [.. held.Select(h => h.Licence.Licence.Code)], clock, hall, now, request.EmergencyProject is not null), null);
    }

    private async Task<IEnumerable<Refusal>> Unlisted(Guid? project, DateTimeOffset now, CancellationToken ct) =>
        EmergencyProjectRefusals.Unknown.At("/emergencyProject").When(project is { } id && (await session.LoadAsync<EmergencyProject>(id, ct))?.StatusAt(now) != EmergencyProjectStatus.Open);
}

/// <summary>POST /v1/catalogue/items/{code}/preview.</summary>
public static class PreviewItem
{
    public static void MapPreviewItem(this IEndpointRouteBuilder v1) => v1.MapPost("/catalogue/items/{code}/preview", Handle)
        .WithTags("Catalogue")
        .AllowAnonymous()
        .WithName("previewItem")
        .WithSummary("See what an application would need, cost and take, before submitting it")
        .Produces<ItemPreview>()
        .Shows(GuidanceExamples.PreviewRequest, GuidanceExamples.Preview)
        .Refuses(400, 401, 404, 413, 415, 422);

    private static async Task<IResult> Handle([Description("The item's code.")] string code, PreviewItemRequest request, HttpContext http, Previews previews, CancellationToken ct)
    {
        // A token that is no good is not taken for none: licences its owner holds would be asked for.
        if ((await http.AuthenticateAsync()).Failure is not null)
            return TypedResults.Challenge();
        var (preview, refused) = await previews.Of(code, request, ct);
        return refused is null ? TypedResults.Ok(preview) : refused.ToProblem();
    }
}
