namespace OneDoor.Graph;

/// <summary>Why a rule says no: an answer, not a fault.</summary>
/// <param name="Code">Stable; the one to branch on. /docs/errors/{code} explains it.</param>
/// <param name="Status">The status REST answers with.</param>
/// <param name="Title">What is refused, in the language that Accept-Language prefers.</param>
/// <param name="Detail">What was wrong this time and what to do about it.</param>
/// <param name="Errors">The places in the input that caused it.</param>
/// <param name="Instead">What can be asked for instead, where something is offered.</param>
/// <param name="Things">Ids of the things that stand in the way, all of them, where something else than what was asked does.</param>
public sealed record GraphProblem(string Code, int Status, string Title, string? Detail, IReadOnlyList<RefusedField> Errors, Instead? Instead, IReadOnlyList<Guid>? Things)
{
    public static GraphProblem Of(Refusal refusal, string language)
    {
        var said = GraphRefusals.InOwnWords(refusal);
        return new(said.Code, said.Status, said.Title.In(language), said.Detail?.In(language), [.. said.Fields.Select(f => RefusedField.Of(f, language))], said.Instead, said.Things);
    }
}
