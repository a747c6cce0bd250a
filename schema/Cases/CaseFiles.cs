using OneDoor.Files;
using OneDoor.Forms;

namespace OneDoor.Cases;

/// <summary>The files of cases (CASE-12).</summary>
public static class CaseFiles
{
    /// <summary>Ids of the files that a command hands in.</summary>
    /// <param name="command">The command.</param>
    /// <param name="form">The form that it answers; null where there is none.</param>
    public static IEnumerable<Guid> Named(CaseCommand command, Form? form) => command switch
    {
        SubmitCase c => Of(c.Materials).Concat(StatedBy(c, form).Select(named => named.File)),
        SupplyMaterials c => Of(c.Materials).Concat(StatedBy(c, form).Select(named => named.File)),
        DecideStep c => c.Results?.Select(result => result.File) ?? [],
        CloseHearing { File: { } minutes } => [minutes],
        _ => [],
    };

    /// <summary>The files that a fact carries. Sight of the fact is sight of them: of one cut to a reader's share, of what is left.</summary>
    public static IEnumerable<CarriedFile> CarriedBy(CaseFact fact) => fact switch
    {
        SignaturesAwaited f => [.. Of(f.Materials), .. f.Files ?? []],
        CaseSubmitted f => [.. Of(f.Materials), .. f.Files ?? []],
        MaterialsSupplied f => [.. Of(f.Materials), .. f.Files ?? []],
        StepGranted f => Of(f.Results),
        StepRefused f => Of(f.Results),
        HearingClosed { File: { } minutes } => [minutes],
        _ => [],
    };

    /// <summary>The files that an application's form and agent name, with where each stands.</summary>
    internal static IEnumerable<(string At, Guid File)> StatedBy(SubmitCase c, Form? form) =>
    [
        .. form is not null && c.Form is { } answer ? AnswerFiles.In(form, answer) : [],
        .. c.Agent?.Authority is { } authority ? [("/agent/authority", authority)] : Array.Empty<(string, Guid)>(),
    ];

    /// <summary>The files that mended fields name, with where each stands.</summary>
    internal static IEnumerable<(string At, Guid File)> StatedBy(SupplyMaterials c, Form? form) => form is not null && c.Form is { } changes ? AnswerFiles.In(form, changes) : [];

    private static IEnumerable<Guid> Of(IReadOnlyList<MaterialGiven>? materials) => materials?.Select(m => m.File).OfType<Guid>() ?? [];

    private static IEnumerable<CarriedFile> Of(IReadOnlyList<MaterialHandedIn> materials) => materials.Select(m => m.File).OfType<CarriedFile>();

    private static IEnumerable<CarriedFile> Of(IReadOnlyList<ResultDocument>? results) => results?.Select(r => r.File) ?? [];
}
