using OneDoor.Files;

namespace OneDoor.Cases;

/// <summary>The files of cases (CASE-12).</summary>
public static class CaseFiles
{
    /// <summary>Ids of the files that a command hands in.</summary>
    public static IEnumerable<Guid> Named(CaseCommand command) => command switch
    {
        SubmitCase c => Of(c.Materials),
        SupplyMaterials c => Of(c.Materials),
        DecideStep c => c.Results?.Select(result => result.File) ?? [],
        _ => [],
    };

    /// <summary>The files that a fact carries. Sight of the fact is sight of them: of one cut to a reader's share, of what is left.</summary>
    public static IEnumerable<CarriedFile> CarriedBy(CaseFact fact) => fact switch
    {
        SignaturesAwaited f => Of(f.Materials),
        CaseSubmitted f => Of(f.Materials),
        MaterialsSupplied f => Of(f.Materials),
        StepGranted f => Of(f.Results),
        StepRefused f => Of(f.Results),
        _ => [],
    };

    private static IEnumerable<Guid> Of(IReadOnlyList<MaterialGiven>? materials) => materials?.Select(m => m.File).OfType<Guid>() ?? [];

    private static IEnumerable<CarriedFile> Of(IReadOnlyList<MaterialHandedIn> materials) => materials.Select(m => m.File).OfType<CarriedFile>();

    private static IEnumerable<CarriedFile> Of(IReadOnlyList<ResultDocument>? results) => results?.Select(r => r.File) ?? [];
}
