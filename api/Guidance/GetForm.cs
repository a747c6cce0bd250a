using System.ComponentModel;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Guidance;

/// <summary>GET /v1/catalogue/items/{code}/form (CAT-7): what an application says, as JSON Schema.</summary>
public static class GetForm
{
    public static void MapGetForm(this IEndpointRouteBuilder v1) => v1.MapGet("/catalogue/items/{code}/form", Handle)
        .WithTags("Catalogue")
        .AllowAnonymous()
        .ReadsOne<JsonObject>(
            "getForm", "Read an item's form (申请表)", FormSchema.Of(GuidanceExamples.PartOfForm, CatalogueExamples.Establishment.Item.Code, 2, "en", LegalClock.DayOf(CatalogueExamples.Now)))
        .WithDescription(
            "A JSON Schema (2020-12) that any validator holds the form of an application to, titles and descriptions in the language of Accept-Language. Members x-onedoor have what a schema has no "
            + "word for: order, sections, labels in both languages, units, days that count from today, checks of several fields. With prefill, which needs a token with cases:read, fields have as default what "
            + "who is signed in answered last, or the number of the licence they hold that the item is about, and x-onedoor.source in which case; x-onedoor.offered has their last contact and agent.")
        .Refuses(401, 403);

    private static async Task<IResult> Handle(
        [Description("The item's code.")] string code, HttpContext http, CurrentCatalogue catalogue, PrefilledForms prefilled, Caller caller, Etags etags, ReadLog reads, TimeProvider time,
        CancellationToken ct,
        [Description("The form of the version of this number, which a case may be pinned to; of the one in force when left out.")] int? version = null,
        [Description("true: with what who is signed in answered before.")] bool prefill = false)
    {
        if (prefill && !(await http.AuthenticateAsync()).Succeeded)
            return TypedResults.Challenge();
        if (prefill && MayNotPrefill(http.User) is { } refused)
            return refused.ToProblem();
        var (_, published, missing) = await GetItem.Find(catalogue, code, version, asOf: null, time, ct);
        if (missing is not null || published!.Form is null)
            return (missing ?? CatalogueRefusals.FormNotFound).ToProblem();
        if (!prefill)
            return etags.OkForAll(http, Schema(published, Language.Of(http.Request), time));
        var (schema, cases) = await prefilled.Of(published, Language.Of(http.Request), caller, ct);
        reads.Note(caller, http, "case", cases);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(schema);
    }

    /// <summary>Why somebody is offered nothing of what they answered; null where they are.</summary>
    internal static Refusal? MayNotPrefill(System.Security.Claims.ClaimsPrincipal user) =>
        Caller.ScopesOf(user).Overlaps(Scopes.ToReadCases) ? null : RequestRefusals.LacksScope(Scopes.ToReadCases);

    internal static JsonObject Schema(ItemPublished published, string language, TimeProvider time) =>
        FormSchema.Of(published.Form!, published.Item.Code, published.Version, language, LegalClock.DayOf(time.GetUtcNow()));
}
