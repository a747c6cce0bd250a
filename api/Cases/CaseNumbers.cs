namespace OneDoor.Cases;

/// <summary>Draws running numbers for cases (ID-3).</summary>
public sealed class CaseNumbers() : RunningNumbers(Sequence)
{
    public const string Sequence = $"{Store.Schema}.case_numbers";
}
