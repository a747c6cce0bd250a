using System.ComponentModel;
using OneDoor.Clock;

namespace OneDoor.Reviews;

/// <summary>What can be named in reviews today, by channel.</summary>
public sealed record IndicatorSetList(IReadOnlyList<IndicatorSetView> Items);

/// <summary>What can be named of how one was served (评价指标).</summary>
/// <param name="Channel">Where one was served.</param>
/// <param name="Version">What reviews remember the set by.</param>
/// <param name="From">From which day on it holds.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Sample">No public source gives it in these words: it is a plausible sample.</param>
/// <param name="Tags">What can be named.</param>
public sealed record IndicatorSetView(ReviewChannel Channel, string Version, DateOnly From, string Source, bool Sample, IReadOnlyList<IndicatorView> Tags)
{
    public static IndicatorSetView Of(IndicatorSet set, string language) =>
        new(set.Channel, set.Version, set.From, set.Source, set.Sample, [.. set.Tags.Select(tag => new IndicatorView(tag.Code, tag.Name.In(language)))]);
}

/// <summary>Something that can be named as good or bad.</summary>
/// <param name="Code">As a review's <c>tags</c> take it.</param>
/// <param name="Name">What it is called, in the language that Accept-Language prefers.</param>
public sealed record IndicatorView(string Code, string Name);

/// <summary>GET /v1/reviews/indicators.</summary>
public static class ListIndicators
{
    public const string ByVersion = "The set that reviews of this version were given by, in force or not; left out, those in force.";

    public static void MapListIndicators(this IEndpointRouteBuilder reviews) => reviews.MapGet("/indicators", Handle)
        .AllowAnonymous()
        .Reads<IndicatorSetList>("listReviewIndicators", "List what can be named in a review, by channel (评价指标)", Of(Catalogue.CatalogueExamples.Now, "en"));

    private static IResult Handle(HttpContext http, Etags etags, TimeProvider time, Parameters parameters, [Description(ByVersion)] string? version = null)
    {
        var known = VersionOf(parameters, version);
        return parameters.Refused?.ToProblem() ?? etags.OkForAll(http, known is null ? Of(time.GetUtcNow(), Language.Of(http.Request)) : Of(known, Language.Of(http.Request)));
    }

    /// <summary>The version that is asked for; null where none is.</summary>
    public static string? VersionOf(Parameters parameters, string? version) => parameters.OneOf(version, "version", IndicatorSets.All.Select(set => set.Version));

    /// <summary>The set of a version.</summary>
    public static IndicatorSetList Of(string version, string language) => new([IndicatorSetView.Of(IndicatorSets.Of(version)!, language)]);

    /// <summary>The sets in force at an instant.</summary>
    public static IndicatorSetList Of(DateTimeOffset now, string language) => new(
        [.. Enum.GetValues<ReviewChannel>().Select(channel => IndicatorSets.InForce(channel, LegalClock.DayOf(now))).OfType<IndicatorSet>().Select(set => IndicatorSetView.Of(set, language))]);
}
