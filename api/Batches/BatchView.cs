using OneDoor.Applicants;

namespace OneDoor.Batches;

/// <summary>A batch of applications (批量录入) as who sent it sees it.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Status">Where it stands (状态).</param>
/// <param name="Version">Grows with what happens to it; what its lines come to does not change it.</param>
/// <param name="Item">Code of the item that all lines apply for.</param>
/// <param name="Employer">Who applies.</param>
/// <param name="Lines">How many lines the file has.</param>
/// <param name="Done">How many have become cases.</param>
/// <param name="Failed">How many were refused.</param>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="StartedAt">When the first line was applied with; null before.</param>
/// <param name="EndedAt">When it was done or cancelled; null before.</param>
/// <param name="FileUntil">When what the lines say is deleted; null before the end, and after.</param>
/// <param name="SecondsPerLine">How long a line that is a case has taken, from the start to the end; null before the end, and where none is.</param>
public sealed record BatchView(
    Guid Id, BatchStatus Status, int Version, string Item, PersonOrEntity Employer, int Lines, int Done, int Failed, DateTimeOffset ReceivedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    DateTimeOffset? FileUntil, decimal? SecondsPerLine)
{
    public static BatchView Of(Batch b, LineCounts counts) => new(
        b.Id, b.Status, b.Version, b.Item, b.Employer, b.Lines, counts.Done, counts.Failed, b.ReceivedAt, b.StartedAt, b.EndedAt, b.DropAt,
        b is { StartedAt: { } from, EndedAt: { } until } && counts.Done > 0 ? decimal.Round((decimal)(until - from).TotalSeconds / counts.Done, 3) : null);
}

/// <summary>A batch as whoever follows events is told of it: how far its lines are is at its address.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Status">Where it stood.</param>
/// <param name="Version">Grows with what happens to it.</param>
/// <param name="Item">Code of the item that all lines apply for.</param>
/// <param name="Lines">How many lines the file has.</param>
/// <param name="Done">How many have become cases; null until every line has become one or been refused.</param>
/// <param name="Failed">How many were refused; null until then.</param>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="StartedAt">When the first line was applied with; null before.</param>
/// <param name="EndedAt">When it was done or cancelled; null before.</param>
public sealed record ToldBatch(
    Guid Id, BatchStatus Status, int Version, string Item, int Lines, int? Done, int? Failed, DateTimeOffset ReceivedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    public static ToldBatch Of(Batch b) => new(b.Id, b.Status, b.Version, b.Item, b.Lines, b.Done, b.Failed, b.ReceivedAt, b.StartedAt, b.EndedAt);
}

/// <summary>A line of a batch, and what became of it; not what it says.</summary>
/// <param name="Line">Its row in the file, as spreadsheets count them, from 1.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Case">Id of the case it is; null where it is none.</param>
/// <param name="Problems">Why it was refused; empty where it was not.</param>
public sealed record BatchLineView(int Line, LineStatus Status, Guid? Case, IReadOnlyList<BatchProblem> Problems)
{
    public static BatchLineView Of(StoredLine line, string language) => new(line.Number, line.Status, line.Case, [.. line.Problems.Select(problem => BatchProblem.Of(problem, language))]);
}

/// <summary>What is wrong with a line.</summary>
/// <param name="Code">The code of the refusal.</param>
/// <param name="Column">The column it is about, as the template in English calls its place; null where it is the whole line.</param>
/// <param name="Message">What is wrong and what would be right, in the language that was asked for.</param>
public sealed record BatchProblem(string Code, string? Column, string Message)
{
    public static BatchProblem Of(LineProblem problem, string language) => new(
        problem.Code, problem.Column, problem.Detail is { } detail ? $"{problem.Title.In(language)}{(language.StartsWith("zh", StringComparison.Ordinal) ? "：" : ": ")}{detail.In(language)}" : problem.Title.In(language));
}
