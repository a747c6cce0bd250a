using CsCheck;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CASE-5 for any graph of steps; CASE-7 and CASE-8 for anything done to a case.</summary>
public class Procedures
{
    private static CaseSpec Accepted(Item item) =>
        CaseSpec.Submitted(item, "paper-0-in", "paper-1-in").Given(Acceptance(item.Department));

    private static ProcedureStep[] Openable(Item item, CaseSpec spec) =>
        [.. item.Procedure.Steps.Where(s => spec.Step(s.Code).Status == StepStatus.Open)];

    private static bool OpensInOrder(CaseSpec spec) => spec.Case.Plan.Steps.All(s =>
    {
        var done = s.After.All(a => spec.Step(a).Status == StepStatus.Granted);
        return spec.Step(s.Code).Status switch
        {
            StepStatus.Waiting => !spec.Case.IsAccepted || !done,
            StepStatus.Cancelled => true,
            _ => done,
        };
    });

    private static void GrantOne(Item item, CaseSpec spec, int choice)
    {
        var open = Openable(item, spec);
        var step = open[choice % open.Length];
        spec.Given(Grant(step.Department, step.Code));
    }

    [Fact] // CASE-5
    public void Granting_open_steps_in_any_order_ends_in_granted_with_every_step_granted() =>
        Gen.Select(Walks.Items, Gen.Int[0, 1000].Array[7]).Sample((item, choices) =>
        {
            var spec = Accepted(item);
            for (var i = 0; i < item.Procedure.Steps.Count; i++)
            {
                Assert.True(OpensInOrder(spec));
                Assert.Equal(CaseStatus.Accepted, spec.Case.Status);
                GrantOne(item, spec, choices[i]);
            }
            Assert.Equal(CaseStatus.Granted, spec.Case.Status);
            Assert.All(spec.Case.Steps, s => Assert.Equal(StepStatus.Granted, s.Status));
            Assert.Equal(item.Procedure.Steps.Count(s => s.Issues is not null), spec.Case.Licences.Select(l => l.Number).Distinct().Count());
            Assert.Single(spec.Facts.OfType<CaseGranted>());
        });

    [Fact] // CASE-5
    public void A_refusal_at_any_time_cancels_exactly_what_waits_for_it() =>
        Gen.Select(Walks.Items, Gen.Int[0, 1000].Array[7], Gen.Int[0, 6]).Sample((item, choices, grants) =>
        {
            var spec = Accepted(item);
            for (var i = 0; i < Math.Min(grants, item.Procedure.Steps.Count - 1); i++)
                GrantOne(item, spec, choices[i]);
            var refused = Openable(item, spec)[^1];
            var before = spec.Case.Steps.ToDictionary(s => s.Code, s => s.Status);

            spec.Given(Ask.RefuseStep(Supervisor(refused.Department), refused.Code, Grounds));

            Assert.All(spec.Case.Steps, s => Assert.Equal(
                s.Code == refused.Code ? StepStatus.Refused : WaitsFor(item, s.Code, refused.Code) ? StepStatus.Cancelled : before[s.Code], s.Status));
            Assert.Equal(spec.StepsThat(StepStatus.Cancelled), spec.Facts.OfType<StepCancelled>().Select(f => f.Step));
        });

    private static bool WaitsFor(Item item, string step, string other) =>
        item.Procedure.Steps.First(s => s.Code == step).After.Any(before => before == other || WaitsFor(item, before, other));

    [Fact] // CASE-5, CASE-6
    public void Whatever_is_tried_nothing_of_an_authority_is_decided_by_another() => Walks.Cases.Sample(spec =>
    {
        var state = default(Case);
        foreach (var fact in spec.Facts)
        {
            switch (fact)
            {
                case StepGranted or StepRefused:
                    Assert.Equal(state!.Step(((IStepFact)fact).Step)!.Department, fact.By!.Department);
                    break;
                case StepCancelled { Because: CancelledBecause.PredecessorRefused } f:
                    Assert.Contains(state!.Plan.Steps, s => state.Step(s.Code)!.Status == StepStatus.Refused && WaitsFor(state, f.Step, s.Code));
                    break;
                case StepCancelled { Because: CancelledBecause.CaseRefused or CancelledBecause.CaseNotAccepted or CancelledBecause.CaseLapsed }:
                    Assert.Equal(state!.Lead, fact.By!.Department);
                    Assert.All(state.Steps, s => Assert.True(s.IsUnfinished || s.Status == StepStatus.Cancelled));
                    break;
                case StepCancelled { Because: CancelledBecause.CaseWithdrawn }:
                    Assert.True(fact.By == Samples.Applicant || fact.By == Agency);
                    break;
            }
            state = Case.Evolve(state, fact);
        }

        static bool WaitsFor(Case @case, string step, string other) =>
            @case.Plan.Steps.First(s => s.Code == step).After.Any(before => before == other || WaitsFor(@case, before, other));
    });

    [Fact] // CASE-5
    public void Whatever_is_tried_an_accepted_case_ends_just_when_nothing_waits_or_is_open_and_as_its_steps_did() => Walks.Cases.Sample(spec =>
    {
        var steps = spec.Case.Steps.Select(s => s.Status).ToHashSet();
        Assert.Equal(spec.Case.IsEnded, !steps.Overlaps([StepStatus.Waiting, StepStatus.Open]));
        if (!spec.Case.IsEnded || spec.Facts.Any(f => f is CaseRefused or CaseNotAccepted or CaseLapsed))
            return;
        Assert.Equal(
            steps.SetEquals([StepStatus.Granted]) ? CaseStatus.Granted
            : steps.Contains(StepStatus.Granted) ? CaseStatus.PartlyGranted
            : steps.Contains(StepStatus.Refused) ? CaseStatus.Refused
            : CaseStatus.Withdrawn, spec.Case.Status);
    });

    [Fact] // CASE-5
    public void Whatever_is_tried_a_case_ends_at_most_once_and_nothing_decides_it_afterwards() => Walks.Cases.Sample(spec =>
    {
        Assert.True(OpensInOrder(spec));
        var ends = spec.Facts.Select((f, i) => (f, i)).Where(f => f.f is CaseGranted or CaseEnded or CaseRefused or CaseNotAccepted or CaseLapsed or CaseWithdrawn).ToArray();
        Assert.Equal(spec.Case.IsEnded ? 1 : 0, ends.Length);
        Assert.All(spec.Facts.Skip(ends.Length == 0 ? spec.Facts.Count : ends[0].i + 1), f =>
            Assert.True(f is MaterialsSupplied or DelayExplained or DelayUnexplained, f.GetType().Name));
        Assert.Equal(spec.Case.Status == CaseStatus.Paused, !spec.Case.IsEnded && spec.Case.Pauses.Any(p => p.IsOpen));
        Assert.True(!spec.Case.IsEnded || (spec.Case.Steps.All(s => !s.IsUnfinished) && spec.Case.Pauses.All(p => !p.IsOpen)));
        Assert.Equal(spec.Case.Status == CaseStatus.Submitted, spec.Case.AcceptBy is not null);
    });

    [Fact] // CLK-1, CLK-3, CLK-7: an open step has a due date unless its own clock stands still, or the day was over before it did; and so has the case, but for that
    public void Whatever_is_tried_there_is_a_due_date_just_while_the_clock_runs() => Walks.Cases.Sample(spec =>
    {
        var pauses = spec.Case.Pauses.Where(p => p.IsOpen).ToArray();
        Assert.All(spec.Case.Steps.Where(s => s.Status == StepStatus.Open), s => Assert.True(
            pauses.FirstOrDefault(p => p.Step == s.Code) is not { } pause ? s.Due is not null : s.Due is null || LegalClock.IsOver(s.Due.At, pause.From)));
        if (spec.Case.IsAccepted)
            Assert.Equal(pauses.Length > 0, spec.Case.Promised is null);
    });

    [Fact] // CASE-7
    public void The_version_counts_the_facts() => Walks.Cases.Sample(spec => spec.Case.Version == spec.Facts.Count);

    [Fact] // CASE-7: a refused command changes nothing, and a repeated decision answers alike
    public void Deciding_is_pure() => Gen.Select(Walks.Cases, Gen.Int[0, 6]).Sample((spec, step) =>
    {
        var before = StoredJson.Write(spec.Case);
        var target = spec.Case.Steps[step % spec.Case.Steps.Count];
        var grant = Grant(target.Department, target.Code);
        var (one, two) = (Case.Decide(spec.Case, grant.Command, grant.At(spec.Now)), Case.Decide(spec.Case, grant.Command, grant.At(spec.Now)));

        Assert.Equal(one.Refused?.Code, two.Refused?.Code);
        Assert.Equal(one.Facts.Select(StoredJson.Write), two.Facts.Select(StoredJson.Write));
        Assert.Equal(before, StoredJson.Write(spec.Case));
    });

    [Fact] // CASE-8
    public void The_facts_up_to_an_instant_add_up_to_the_case_as_it_was_then() => Walks.Cases.Sample(spec =>
    {
        var folded = default(Case);
        var states = spec.Facts.Select(f => folded = Case.Evolve(folded, f)).ToArray();
        for (var i = 0; i < states.Length; i++)
        {
            var again = spec.Facts.Take(i + 1).Aggregate(default(Case), Case.Evolve);
            Assert.Equal(StoredJson.Write(states[i]), StoredJson.Write(again!));
        }
        Assert.Equal(StoredJson.Write(spec.Case), StoredJson.Write(states[^1]));
        Assert.Equal(spec.Facts.Select(f => f.At), spec.Facts.Select(f => f.At).Order());
    });

    [Fact] // CASE-8
    public void A_history_begins_with_its_submission() =>
        Assert.Throws<InvalidOperationException>(() => Case.Evolve(null, CaseSpec.Accepted().Facts[1]));
}
