using OneDoor.Files;
using OneDoor.Forms;

namespace OneDoor.Cases;

/// <summary>What of an answer to a form somebody sees, who is neither the applicant nor whoever submitted it.</summary>
internal static class FormSight
{
    /// <summary>JOINT-3: a department, the fields that its steps need; what is sensitive is of the steps that its form names and so of no other.</summary>
    /// <param name="answer">As it is kept.</param>
    /// <param name="form">The form it answers; null where that is not known, and nothing is shown.</param>
    /// <param name="steps">Codes of the department's steps.</param>
    public static string? Share(string? answer, Form? form, IReadOnlySet<string> steps) => Only(answer, form?.NeededBy(steps));

    /// <summary>SIGHT-1: who sees the whole of a case, what is not sensitive, and of that what their own steps need.</summary>
    /// <inheritdoc cref="Share"/>
    public static string? Open(string? answer, Form? form, IReadOnlySet<string> steps) =>
        Only(answer, form?.Fields.Where(field => !field.Sensitive || field.Steps!.Any(steps.Contains)));

    /// <summary>CASE-12: of the files that form and agent name, those that what is left of either still names.</summary>
    /// <param name="files">All of them.</param>
    /// <param name="answer">What is left of the answer.</param>
    /// <param name="form">The form it answers; null where that is not known, and nothing of it is shown.</param>
    /// <param name="agent">The agent, where they are shown.</param>
    public static IReadOnlyList<CarriedFile>? Files(IReadOnlyList<CarriedFile>? files, string? answer, Form? form, Agent? agent)
    {
        if (files is null)
            return null;
        HashSet<Guid> named = [.. form is not null && AnswerText.Read(answer) is { } left ? AnswerFiles.In(form, left).Select(n => n.File) : []];
        return [.. files.Where(file => named.Contains(file.Id) || file.Id == agent?.Authority)];
    }

    private static string? Only(string? answer, IEnumerable<Field>? fields)
    {
        if (answer is null)
            return null;
        HashSet<string> names = [.. (fields ?? []).Select(field => field.Name)];
        return AnswerText.Only(answer, names.Contains);
    }
}
