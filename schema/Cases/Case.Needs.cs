using OneDoor.Forms;

namespace OneDoor.Cases;

// JOINT-2: by what the application says the law asks for some steps and not for others. Acceptance goes by it, and no word of it changes after.
public sealed partial record Case
{
    // What follows at once from what has come in.
    private List<CaseFact> AtOnce(CaseAsking asked)
    {
        List<CaseFact> facts = [.. Needs(asked)];
        facts.AddRange(facts.Aggregate(this, Evolve).DecidedAtOnce(asked));
        return facts;
    }

    private IEnumerable<CaseFact> Needs(CaseAsking asked)
    {
        // Where nothing is said, as of a case that was moved to the item, the step is to be done.
        if (AcceptedAt is not null || Plan.Steps.All(step => step.Needed is null) || AnswerText.Read(Form) is not { } answer)
            yield break;
        foreach (var step in Plan.Steps)
        {
            if (step.Needed is not { } need || !answer.TryGetProperty(need.Field, out var given))
                continue;
            var (state, isNeeded) = (Step(step.Code)!, need.Is.Contains(FormAnswer.TextOf(given)));
            if (isNeeded && state.NotNeeded is not null)
                yield return new StepNeeded(asked.Now, asked.By, step.Code);
            else if (!isNeeded && state.Status == StepStatus.Waiting)
                yield return new StepNotNeeded(asked.Now, asked.By, step.Code, need.Otherwise);
        }
    }
}

/// <summary>The founders did not choose the step: it takes no time, and nobody decides it (JOINT-1).</summary>
[Alias("step_waived")]
public sealed record StepWaived(DateTimeOffset At, Actor By, string Step) : CaseFact(At, By), IStepFact;

/// <summary>By what the application says the law does not ask for the step: it takes no time, and nobody decides it.</summary>
/// <param name="Ground">Why.</param>
[Alias("step_not_needed")]
public sealed record StepNotNeeded(DateTimeOffset At, Actor By, string Step, Text Ground) : CaseFact(At, By), IStepFact;

/// <summary>By what the application says since it was mended, the law asks for the step after all.</summary>
[Alias("step_needed")]
public sealed record StepNeeded(DateTimeOffset At, Actor By, string Step) : CaseFact(At, By), IStepFact;
