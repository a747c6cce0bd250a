namespace OneDoor.Cases;

/// <summary>By whom a case is found, and how it stands there: the visibility policy as lists ask for it, with <see cref="CaseSight.WaysTo"/>.</summary>
public static class CaseFinding
{
    // What a running case's state for a department ends with: whether it has something to do in it, now or later.
    private const string Open = " open", Waiting = " waiting";

    /// <summary>Every status there is.</summary>
    public static readonly IReadOnlyList<CaseStatus> Everything = Enum.GetValues<CaseStatus>();

    /// <summary>The states in which cases are due.</summary>
    public static bool IsDue(string state) => state.StartsWith(nameof(CaseStatus.Accepted), StringComparison.Ordinal);

    /// <summary>What lists know of a case.</summary>
    public static Findable Find(this Case @case)
    {
        var state = @case.Status.ToString();
        return new(
            @case.Id, @case.Version, @case.Plan.Item, @case.Hall, @case.ChangedAt, IsDue(state) ? @case.EverybodysAt(@case.Promised!.At).ToUniversalTime() : null,
            [
                // SIGHT-1: what is confidential stands in nobody's lists but its department's and its applicant's.
                .. @case.Plan.Confidential ? []
                    : new Place[] { new(new Way.Everywhere(), state), new(@case.ReceivedOn is { } day ? new Way.AsReceiver(@case.SubmittedBy, day) : new Way.AsSubmitter(@case.SubmittedBy), state) },
                .. @case.Plan.Confidential || @case.SubmittedThrough is not { } application ? [] : new Place[] { new(new Way.AsSubmitter(application), state) },
                .. @case.Applicant.Keys.Select(key => new Place(new Way.AsApplicant(key), state)),
                .. @case.Wanted.GroupBy(s => s.Department, (department, steps) => PlaceOf(@case, department, [.. steps])),
                .. @case.Bars is null ? [] : @case.Applicant.Keys.Select(key => new Place(new Way.AsBarred(key), state)),
            ]);
    }

    /// <summary>The states of cases that stand so, for those who come to them one way.</summary>
    public static IEnumerable<string> States(Way way, IEnumerable<CaseStatus> statuses) => statuses.Distinct().SelectMany(status =>
        way is (Way.OfDepartment or Way.InConfidence) && status == CaseStatus.AwaitingSignatures ? []
        : way is (Way.OfDepartment or Way.InConfidence) && IsAccepted(status)
            ? new[] { "", Open, Waiting, Open + Waiting }.Select(tasks => status + tasks)
            : [status.ToString()]);

    /// <summary>The states of cases in which a department has tasks.</summary>
    /// <param name="status">Tasks that stand so; both when null.</param>
    public static IEnumerable<string> TaskStates(StepStatus? status) => Everything.Where(s => !Case.Ends(s) && s != CaseStatus.AwaitingSignatures).SelectMany(s => !IsAccepted(s)
        // Until a case is accepted, all its steps wait.
        ? status == StepStatus.Open ? [] : new[] { s.ToString() }
        : new[] { Open, Waiting, Open + Waiting }
            .Where(tasks => status is null || tasks.Contains(status == StepStatus.Open ? Open : Waiting, StringComparison.Ordinal)).Select(tasks => s + tasks));

    private static Place PlaceOf(Case @case, Department department, StepState[] steps)
    {
        var (open, waiting) = @case.IsEnded ? ([], 0) : (steps.Where(s => s.Status == StepStatus.Open).ToArray(), steps.Count(s => s.Status == StepStatus.Waiting));
        var tasks = @case.IsAccepted ? (open.Length > 0 ? Open : "") + (waiting > 0 ? Waiting : "") : "";
        return new Place(@case.Plan.Confidential ? new Way.InConfidence(department) : new Way.OfDepartment(department), @case.Status + tasks)
        {
            Due = [.. open.Select(@case.DueOf).OfType<DateTimeOffset>().Select(due => @case.EverybodysAt(due).ToUniversalTime()).Order()],
            Open = open.Length,
            Waiting = waiting,
        };
    }

    private static bool IsAccepted(CaseStatus status) => status is CaseStatus.Accepted or CaseStatus.Paused;
}
