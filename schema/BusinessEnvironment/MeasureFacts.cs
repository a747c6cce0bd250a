namespace OneDoor.BusinessEnvironment;

/// <summary>Something that happened to a measure of the plan.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it.</param>
public abstract record MeasureFact(DateTimeOffset At, Actor By) : IFact;

/// <summary>Its owner reported how far it has come (进展). A report of 100 per cent is put before the reviewer.</summary>
/// <param name="Year">The plan's.</param>
/// <param name="Code">The measure's.</param>
/// <param name="Percent">How far it has come.</param>
/// <param name="Note">What has been done.</param>
/// <param name="Evidence">What shows it.</param>
[Alias("measure_reported")]
public sealed record MeasureReported(DateTimeOffset At, Actor By, int Year, string Code, int Percent, [Personal] string Note, IReadOnlyList<MeasureEvidence> Evidence) : MeasureFact(At, By);

/// <summary>The reviewer confirmed that it is done (审核通过).</summary>
/// <param name="Note">What was looked at.</param>
[Alias("measure_confirmed")]
public sealed record MeasureConfirmed(DateTimeOffset At, Actor By, [Personal] string Note) : MeasureFact(At, By);

/// <summary>The reviewer found that it is not done, or does not hold (退回).</summary>
/// <param name="Reason">Why.</param>
[Alias("measure_returned")]
public sealed record MeasureReturned(DateTimeOffset At, Actor By, [Personal] string Reason) : MeasureFact(At, By);

/// <summary>What shows that something was done (佐证).</summary>
/// <param name="Text">What it is, for instance a document and its number: 1 to 200 characters.</param>
/// <param name="Url">Where it is published: an https address of at most 500 characters; left out, nowhere.</param>
public sealed record MeasureEvidence([Personal] string Text, [Personal] string? Url = null)
{
    private const int LongestText = 200, LongestUrl = 500;

    internal IEnumerable<Refusal> Wrong(string at) =>
    [
        .. MeasureRefusals.TextInvalid.At($"{at}/text").When(!Wording.IsLine(Text, LongestText)),
        .. MeasureRefusals.EvidenceInvalid.At($"{at}/url").When(Url is not null && !IsAddress(Url)),
    ];

    // People follow it from our page: no other scheme runs there, and nobody's password is in it.
    private static bool IsAddress(string url) =>
        Wording.IsLine(url, LongestUrl) && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Host.Length > 0 && uri.UserInfo.Length == 0;
}

/// <summary>What someone asks of a measure: exactly what they send.</summary>
public abstract record MeasureCommand : ICommand;

/// <summary>Reporting how far a measure has come, by its owner (上报进展).</summary>
/// <param name="Percent">How far it has come, 0 to 100; with 100 it is complete, and the reviewer looks at it.</param>
/// <param name="Note">What has been done: 1 to 2,000 characters.</param>
/// <param name="Evidence">What shows it: at most 20; for what is complete, one at least.</param>
public sealed record ReportMeasureProgress(int Percent, string Note, IReadOnlyList<MeasureEvidence>? Evidence = null) : MeasureCommand;

/// <summary>Confirming that a measure is done, by a supervisor of its reviewer.</summary>
/// <param name="Note">What was looked at: 1 to 2,000 characters.</param>
public sealed record ConfirmMeasure(string Note) : MeasureCommand;

/// <summary>Returning a measure that is not done, or that turned out not to hold, by a supervisor of its reviewer.</summary>
/// <param name="Reason">Why: 1 to 2,000 characters.</param>
public sealed record ReturnMeasure(string Reason) : MeasureCommand;
