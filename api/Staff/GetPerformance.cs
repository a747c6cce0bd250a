using System.ComponentModel;
using Microsoft.AspNetCore.Authentication;
using OneDoor.Clock;
using OneDoor.Statistics;

namespace OneDoor.Staff;

/// <summary>GET /v1/staff/performance (PERF-1).</summary>
public static class GetPerformance
{
    public const string Does = "Read figures of departments, windows and people, from facts alone";

    public static readonly string[] Reading = [Scopes.StatisticsRead, Scopes.CasesSupervise, Scopes.CasesHandle, Scopes.QueueOperate];

    private const int MostDays = 366, LongestPerson = 100;

    public static void MapGetPerformance(this IEndpointRouteBuilder staff) => staff.MapGet("/performance", Handle)
        .Needs(Reading)
        .Reads<StaffPerformance>("getStaffPerformance", $"{Does} (效能统计)", StaffExamples.Performance)
        .WithDescription($"Supervisors see those of their department, or of the hall they stand in, and the service office's all; everybody sees their own; with {Scopes.StatisticsRead} departments and windows are told to anybody. Days are days of China Standard Time and included, {MostDays} at most.");

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, StaffFigureReader figures, Etags etags, Parameters parameters,
        [Description("The first day, YYYY-MM-DD.")] DateOnly from, [Description("The last day, YYYY-MM-DD.")] DateOnly to, CancellationToken ct,
        [Description("What was handled in the hall of this code.")] string? hall = null,
        [OneOf<Department>, Description("What was handled for this department.")] string? department = null,
        [Description("What the person of this subject handled; no departments and windows then.")] string? person = null)
    {
        var asked = ScopeOf(parameters, hall, parameters.Enum<Department>(department, "department"), person);
        var (found, refused) = await Find(caller, figures, parameters, from, to, asked, ct);
        return refused?.ToProblem() ?? etags.Ok(http, found!);
    }

    /// <summary>Whose figures are asked for, as far as what was given names them.</summary>
    public static StaffScope ScopeOf(Parameters parameters, string? hall, Department? department, string? person) => new(
        parameters.OneOf(hall, "hall", HallDirectory.Zone.All.Select(h => h.Code)), department,
        parameters.Read(person, "person", text => Wording.IsLine(text, LongestPerson) ? text : null, Text.Same($"1–{LongestPerson}")));

    /// <summary>The figures, or what is wrong with these days or with what was read before.</summary>
    public static async Task<(StaffPerformance? Found, Refusal? Refused)> Find(
        Caller caller, StaffFigureReader figures, Parameters parameters, DateOnly from, DateOnly to, StaffScope asked, CancellationToken ct)
    {
        parameters.Days(from, to, MostDays);
        return parameters.Refused is { } refused
            ? (null, refused)
            : (await figures.Read(from, to, StaffSight.Of(caller.Actor, caller.Has(Scopes.StatisticsRead)).Asked(asked), caller.Actor.Department, ct), null);
    }
}

/// <summary>GET /v1/staff/excellence (PERF-1).</summary>
public static class GetExcellence
{
    public const string Does = "Read which windows and departments were excellent in a quarter, and by what";

    public static void MapGetExcellence(this IEndpointRouteBuilder staff) => staff.MapGet("/excellence", Handle)
        .AllowAnonymous()
        .Reads<StaffExcellence>("getStaffExcellence", $"{Does} (季度评优)", StaffExamples.Excellence)
        .Refuses(401, 403)
        .WithDescription($"By criteria that are published with it. Of a quarter that is over anybody reads it, a minute old at most; until then, of ratings only with those of departments whose reviews they read, departments and whoever reads statistics. Whoever has handled too little is not ranked, and shown to those alone; a share of fewer than {CaseFigures.Least} is not told and counts for nothing. What an outage made late and what is excluded count nowhere, and a refusal in accordance with the law counts like a grant.");

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, StaffFigureReader figures, Etags etags, TimeProvider time, [Description("The quarter, as 2026-Q3.")] string quarter, CancellationToken ct)
    {
        // A token that is no good is not taken for none.
        if ((await http.AuthenticateAsync()).Failure is not null)
            return TypedResults.Challenge();
        var parameters = new Parameters();
        var read = QuarterOf(parameters, quarter);
        if (parameters.Refused is { } malformed)
            return malformed.ToProblem();
        var (found, refused) = await Find(read!, caller, figures, time, Language.Of(http.Request), ct);
        return refused?.ToProblem() ?? etags.Ok(http, found!);
    }

    internal static Refusal Unknown => RequestRefusals.ParameterInvalid.Because("该季度尚无数据。", "Nothing is known of that quarter.").At("quarter");

    /// <summary>The quarter that a text names.</summary>
    public static Quarter? QuarterOf(Parameters parameters, string text) => parameters.Read(text, "quarter", Quarter.Read, Text.Same("YYYY-Q1–YYYY-Q4"));

    /// <summary>How windows and departments stood in a quarter, or why that is not for who asks. Once it is over it is the same for all, but for who was not ranked.</summary>
    public static async Task<(StaffExcellence? Found, Refusal? Refused)> Find(Quarter quarter, Caller caller, StaffFigureReader figures, TimeProvider time, string language, CancellationToken ct)
    {
        var (today, readsFigures) = (LegalClock.DayOf(time.GetUtcNow()), GetPerformance.Reading.Any(caller.Has));
        if (StaffExcellence.NotYet(quarter, today, readsFigures) is { } early)
            return (null, early);
        if ((readsFigures ? await figures.OfGroups(quarter, caller.Actor.Department, ct) : await figures.Published(quarter, asOf: null, ct)) is not { } found)
            return (null, Unknown);
        var excellence = StaffExcellence.Of(quarter, today, found, StaffCriteria.Zone, language);
        return (readsFigures ? excellence : excellence.OfRanked(), null);
    }
}
