using OneDoor.Identity.Clients;
using OneDoor.Identity.Platform;
using static OneDoor.Identity.Platform.Operators;

namespace OneDoor.Identity.People;

/// <summary>A person as operators see them: without the number of a citizen or an enterprise.</summary>
/// <param name="Id">The <c>sub</c> of their tokens.</param>
/// <param name="Status"><c>enabled</c> or <c>disabled</c>.</param>
/// <param name="OneTimePasswordUntil">Absent for a password of their own.</param>
internal sealed record PersonView(
    string Id, string UserName, string DisplayName, string Role, string? Department, string? Hall, bool Sandbox,
    string Status, string? DisabledBecause, DateTimeOffset? OneTimePasswordUntil, bool HasSecondFactor)
{
    public static PersonView Of(Person person) => new(
        person.Subject, person.UserName!, person.DisplayName, Kebab.Of(person.Role), person.Department, person.Hall, person.IsSandbox,
        person.DisabledBecause is null ? "enabled" : "disabled", person.DisabledBecause, person.OneTimePasswordUntil, person.TimedCodeSecret is not null);
}

/// <summary>People administration: <c>/people</c>, for tokens with the scope <c>clients:manage</c>.</summary>
internal static class PeopleRoutes
{
    private const string Path = "/people";

    public static void MapPeople(this RouteGroupBuilder operators)
    {
        operators.MapPost(Path, CreateAsync);
        operators.MapGet(Path, ListAsync);
        operators.MapGet(Path + "/{id}", ViewAsync);
        operators.MapPost(Path + "/{id}/disablement", DisableAsync);
        operators.MapPost(Path + "/{id}/enablement", EnableAsync).TakesNothing();
        operators.MapPost(Path + "/{id}/one-time-password", (HttpContext http, string id, PeopleAdministration admin) => ResetAsync(http, id, admin, false)).TakesNothing();
        operators.MapPost(Path + "/{id}/second-factor-reset", (HttpContext http, string id, PeopleAdministration admin) => ResetAsync(http, id, admin, true)).TakesNothing();
        operators.MapGet("/person-events", (HttpContext http, AuditTrail events, int? first, string? after, string? person) =>
            events.PageAsync(http, PersonEvents.Trail, person, first, after));
    }

    private static async Task<IResult> CreateAsync(HttpContext http, PersonEntry entry, PeopleAdministration people)
    {
        var (person, password, refused) = await people.CreateAsync(entry, ActorOf(http), http.RequestAborted);
        if (refused is not null)
            return refused.ToProblem();
        http.Response.Headers.Location = $"{Path}/{person!.Subject}";
        return ShowPassword(http, person, password, StatusCodes.Status201Created);
    }

    private static Task<IResult> ListAsync(HttpContext http, PeopleAdministration people, int? first, string? after, string? userName) => PageAsync(
        http, $"people {userName}", first, after, (position, count) => people.ListAsync(userName, Person.IdOf(position) ?? Guid.Empty, count, http.RequestAborted),
        person => person.Subject, PersonView.Of);

    private static async Task<IResult> ViewAsync(HttpContext http, string id, PeopleAdministration people) =>
        await people.FindAsync(id, http.RequestAborted) is { } person
            ? Show(http, PeopleAdministration.EtagOf(person), PersonView.Of(person)) : PersonRefusals.NotFound.ToProblem();

    private static async Task<IResult> DisableAsync(HttpContext http, string id, DisableRequest request, PeopleAdministration people) =>
        await people.DisableAsync(Change.Of(http, id), request.Reason, http.RequestAborted) is { } refused ? refused.ToProblem() : await ViewAsync(http, id, people);

    private static async Task<IResult> EnableAsync(HttpContext http, string id, PeopleAdministration people) =>
        await people.EnableAsync(Change.Of(http, id), http.RequestAborted) is { } refused ? refused.ToProblem() : await ViewAsync(http, id, people);

    private static async Task<IResult> ResetAsync(HttpContext http, string id, PeopleAdministration people, bool isSecondFactorReset)
    {
        var (password, refused) = await people.SetOneTimePasswordAsync(Change.Of(http, id), isSecondFactorReset, http.RequestAborted);
        return refused is null ? ShowPassword(http, (await people.FindAsync(id, http.RequestAborted))!, password) : refused.ToProblem();
    }

    private static IResult ShowPassword(HttpContext http, Person person, string password, int status = StatusCodes.Status200OK) =>
        Show(http, PeopleAdministration.EtagOf(person), new { Person = PersonView.Of(person), OneTimePassword = password }, status);
}
