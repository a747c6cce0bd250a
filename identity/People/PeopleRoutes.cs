using OneDoor.Identity.Clients;
using static OneDoor.Identity.Clients.OperatorRoutes;

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
    private const string EventsPath = "/person-events";

    public static void MapPeople(this WebApplication app)
    {
        var people = app.MapOperator();
        people.MapPost(Path, CreateAsync);
        people.MapGet(Path, ListAsync).Takes("first", "after", "userName");
        people.MapGet(Path + "/{id}", ViewAsync);
        people.MapPost(Path + "/{id}/disablement", DisableAsync);
        people.MapPost(Path + "/{id}/enablement", EnableAsync);
        people.MapPost(Path + "/{id}/one-time-password", (HttpContext http, string id, PeopleAdministration admin) => ResetAsync(http, id, admin, false));
        people.MapPost(Path + "/{id}/second-factor-reset", (HttpContext http, string id, PeopleAdministration admin) => ResetAsync(http, id, admin, true));
        people.MapGet(EventsPath, (HttpContext http, PersonEvents events) => ListEventsAsync(http, events, "person", "person")).Takes("first", "after", "person");
    }

    private static async Task<IResult> CreateAsync(HttpContext http, PeopleAdministration people)
    {
        var (entry, refused) = await ClientJson.ReadAsync<PersonEntry>(http.Request);
        if (refused is not null)
            return new RefusedResult(refused);
        (var person, var password, refused) = await people.CreateAsync(entry!, ActorOf(http), http.RequestAborted);
        if (refused is not null)
            return new RefusedResult(refused);
        http.Response.Headers.Location = $"{Path}/{person!.Subject}";
        return ShowPassword(http, person, password, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(HttpContext http, PeopleAdministration people)
    {
        var name = http.Request.Query["userName"].ToString();
        var (first, after, refused) = PageOf(http.Request);
        if (refused is not null)
            return new RefusedResult(refused);
        var found = await people.ListAsync(name.Length == 0 ? null : name, Person.IdOf(after) ?? Guid.Empty, first + 1, http.RequestAborted);
        var items = found.Take(first).Select(PersonView.Of).ToList();
        return Page(http, items, found.Count > first ? items[^1].Id : null);
    }

    private static async Task<IResult> ViewAsync(HttpContext http, string id, PeopleAdministration people) =>
        await people.FindAsync(id, http.RequestAborted) is { } person
            ? Show(http, PeopleAdministration.EtagOf(person), PersonView.Of(person)) : new RefusedResult(PersonRefusals.NotFound);

    private static async Task<IResult> DisableAsync(HttpContext http, string id, PeopleAdministration people)
    {
        var (request, refused) = await ClientJson.ReadAsync<DisableRequest>(http.Request);
        refused ??= await people.DisableAsync(ChangeOf(http, id), request!.Reason, http.RequestAborted);
        return refused is null ? await ViewAsync(http, id, people) : new RefusedResult(refused);
    }

    private static async Task<IResult> EnableAsync(HttpContext http, string id, PeopleAdministration people) =>
        await people.EnableAsync(ChangeOf(http, id), http.RequestAborted) is { } refused ? new RefusedResult(refused) : await ViewAsync(http, id, people);

    private static async Task<IResult> ResetAsync(HttpContext http, string id, PeopleAdministration people, bool isSecondFactorReset)
    {
        var (password, refused) = await people.SetOneTimePasswordAsync(ChangeOf(http, id), isSecondFactorReset, http.RequestAborted);
        return refused is null ? ShowPassword(http, (await people.FindAsync(id, http.RequestAborted))!, password) : new RefusedResult(refused);
    }

    private static IResult ShowPassword(HttpContext http, Person person, string password, int status = StatusCodes.Status200OK) =>
        Show(http, PeopleAdministration.EtagOf(person), new { Person = PersonView.Of(person), OneTimePassword = password }, status);
}
