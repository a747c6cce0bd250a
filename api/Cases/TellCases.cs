namespace OneDoor.Cases;

/// <summary>What listeners are told of cases.</summary>
public static class TellCases
{
    public static Told Told(IServiceProvider services)
    {
        var (found, time) = (services.GetRequiredService<FoundTable>(), services.GetRequiredService<TimeProvider>());
        return new Told<Case, CaseFact, CaseView>("case", services.GetRequiredService<StoredFacts>(), time)
        {
            Address = @case => $"/v1/cases/{@case.Id}",
            View = (@case, listener) => CaseView.Of(@case, listener.Language),
            Seen = CaseNews.SeenBy,
            Found = (cases, viewer, ct) => found.Among(CaseColumns.Kind, CaseSight.WaysTo(viewer, time.GetUtcNow()), cases, ct),
        };
    }
}
