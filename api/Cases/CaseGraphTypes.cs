using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Graph;
using OneDoor.Platform;

namespace OneDoor.Cases;

public sealed class CaseConnection() : GraphConnection<SeenCase, CaseGraphType>("Case", "A page of cases.", counted: true);

public sealed class TaskConnection() : GraphConnection<CaseTask, TaskGraph>("Task", "A page of a worklist.", counted: true);

public sealed class CaseGraphType : GraphObject<SeenCase>
{
    // What REST's worklist shows of a case.
    private static readonly string[] Outline = ["id", "number", "status", "version", "item", "applicant", "dueAt"];

    public CaseGraphType() : base("Case", "A case (办件) as its reader sees it: whole, or a department's share of it.")
    {
        Interface<NodeGraph>();
        Field<NonNullGraphType<IdGraphType>>("id").Description("The same as in REST, and for node.").Resolve(context => context.Source.View.Id);
        Has("version", c => c.Version, "What a change has to name.");
        Has("number", c => c.View.Number, "For people: item code, date and a running number (办件编号).");
        Has("status", c => c.View.Status, "Where it stands (状态).");
        Has("item", c => c.View.Item, "What it is for, in the version it was submitted under.");
        Has("applicant", c => c.View.Applicant, "Who applies (申请人).");
        Has("channel", c => c.View.Channel, "How it reached the platform (渠道).");
        Has("hall", c => c.View.Hall, "The receiving hall (大厅); it does not own the case.");
        Has("submittedAt", c => c.View.SubmittedAt, "When it was submitted (申办时间).");
        Has("acceptedAt", c => c.View.AcceptedAt, "From when limits run (受理时间).");
        Has("acceptBy", c => c.View.AcceptBy, "Without an answer by then it counts as accepted; null once answered.");
        Has("dueAt", c => c.View.Clock.Promised.DueAt, "When the promised limit ends; null before acceptance and while the clock stands still.");
        Has("deemed", c => c.View.Deemed, "The law accepted it, because nobody answered in time (视为受理).");
        Has("decidedAt", c => c.View.DecidedAt, "When it was decided (办结时间).");
        Has("steps", c => c.View.Steps, "Its steps (办理环节) that the reader may see.");
        Has("materials", c => c.View.Materials, "What was handed in (申请材料).");
        Has("proved", c => c.View.Proved, "Materials that need not be handed in, because a licence the applicant holds proves them (证照免提交).");
        Has("deferred", c => c.View.Deferred, "Materials that follow under a pledge (容缺后补).");
        Has("correctionNotices", c => c.View.CorrectionNotices, "What was asked for besides (一次性告知补正).");
        Has("clock", c => c.View.Clock, "Statutory, promised and actual time (法定、承诺、实际时限).");
        Has("licences", c => c.View.Licences, "What it has delivered (电子证照).");
        Has("refusal", c => c.View.Refusal, "Why it was refused (不予许可); null unless it was.");
        Field<NonNullGraphType<CaseClockGraph>>("explainedClock").Description("The clock with every day that was not counted.")
            .Resolve(context => context.Service<CaseBatches>().Cases.Load(context.Source.Key, whole =>
                whole?.SeenBy(context.Service<Caller>().Actor) is { } seen
                    ? GetCaseClock.Explain(whole, seen, context.Service<LegalClock>())
                    : context.Source.View.Clock))
            .Needs(Scopes.CasesRead);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<HistoryEntryGraph>>>>("history")
            .Description("What happened to it, in order and complete for its reader (办理经过).")
            .Resolve(context => context.Service<CaseBatches>().Histories.Load(context.Source.Key, entries => entries ?? []))
            .Needs(Scopes.CasesRead);
        foreach (var field in Fields.Where(f => !Outline.Contains(f.Name)))
            field.Resolver = new BeyondOutline(field.Resolver!);
    }

    /// <summary>Describes a field that shows the case of a task.</summary>
    public static string OfTask(string description) => $"{description} More of it than {string.Join(", ", Outline)} needs the scope {Scopes.CasesRead}.";

    private sealed class BeyondOutline(IFieldResolver inner) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) =>
            context.Source is SeenCase { IsOutline: true } ? throw context.LacksScope(Scopes.CasesRead) : inner.ResolveAsync(context);
    }
}

public sealed class CaseItemGraph : GraphObject<CaseItem>
{
    public CaseItemGraph() : base("CaseItem", "The item a case is for, in the version it was submitted under.")
    {
        Has(i => i.Code, "The item's code.");
        Has(i => i.Version, "The item's version.");
        Has(i => i.Name, "Its name, in the language that Accept-Language prefers.");
        Field<ItemGraph>("entry").Description("The catalogue's entry in that version.")
            .Resolve(context => context.Service<CaseBatches>().Items.Load(
                context.Source.Code, entry => entry?.Versions.FirstOrDefault(v => v.Version == context.Source.Version)));
    }
}

public sealed class ApplicantGraph : GraphObject<Applicant>
{
    public ApplicantGraph() : base("Applicant", "Who applies (申请人).")
    {
        Has(a => a.Kind, "A legal entity or a person.");
        Has(a => a.Name, "Exactly as given.");
        Has(a => a.Uscc, "Legal entities: unified social credit code (统一社会信用代码).");
        Has(a => a.CitizenId, "Persons: citizen identity number (公民身份号码).");
    }
}

public sealed class StepGraph : GraphObject<StepView>
{
    public StepGraph() : base("Step", "A step of a case (办理环节).")
    {
        Has(s => s.Code, "Unique within the case.");
        Has(s => s.Department, "Whose it is.");
        Has(s => s.Status, "Where it stands.");
        Has(s => s.OpenedAt, "Null until its predecessors are granted.");
        Has(s => s.DueAt, "Null until it opens and while its clock stands still.");
        Has(s => s.DecidedAt, "When it was decided.");
        Has(s => s.ReferredUpward, "A supervisor decides it (上报).");
    }
}

public sealed class TaskGraph : GraphObject<CaseTask>
{
    public TaskGraph() : base("Task", "A step that waits for a department (待办).")
    {
        Has("step", t => t.Step, "The step.");
        Has("case", t => t.Case, CaseGraphType.OfTask("Its case, as the reader sees it."));
    }
}

public sealed class MaterialGivenGraph : GraphObject<MaterialGiven>
{
    public MaterialGivenGraph() : base("MaterialGiven", "A material as handed in.")
    {
        Has(m => m.Code, "The item's code for it.");
        Has(m => m.Name, "The document's name, as given.");
        Has(m => m.Digest, "sha-256: and the digest of its content.");
    }
}

public sealed class MaterialProvedGraph : GraphObject<MaterialProved>
{
    public MaterialProvedGraph() : base("MaterialProved", "A material that need not be handed in.")
    {
        Has(m => m.Code, "The item's code for it.");
        Has(m => m.Licence, "The kind of licence that proves it; null for whoever submitted the case for somebody else and may not see that licence.");
        Has(m => m.Number, "That licence's number; null for the same.");
    }
}

public sealed class MaterialDeferredGraph : GraphObject<MaterialDeferred>
{
    public MaterialDeferredGraph() : base("MaterialDeferred", "A material that follows under a pledge (容缺后补).")
    {
        Has(m => m.Code, "The item's code for it.");
        Has(m => m.SupplyBy, "The last day.");
    }
}

public sealed class CorrectionNoticeGraph : GraphObject<CorrectionNotice>
{
    public CorrectionNoticeGraph() : base("CorrectionNotice", "The one list of everything that was missing (一次性告知补正).")
    {
        Has(n => n.SentAt, "When it was sent.");
        Has(n => n.Lines, "What was missing.");
        Has(n => n.Supplied, "Codes of the materials that have come in since.");
    }
}

public sealed class CorrectionLineGraph : GraphObject<CorrectionLine>
{
    public CorrectionLineGraph() : base("CorrectionLine", "One thing that is missing or wrong.")
    {
        Has(l => l.Text, "What to do about it.");
        Has(l => l.Material, "The material concerned; null for the application itself.");
    }
}

public sealed class CaseClockGraph : GraphObject<CaseClock>
{
    public CaseClockGraph() : base("CaseClock", "The three figures by which the reform is judged.")
    {
        Has(c => c.Statutory, "What the law allows (法定时限).");
        Has(c => c.Promised, "What the zone promises (承诺时限).");
        Has(c => c.Actual, "What it took (实际时限); null until decided.");
        Has(c => c.ExtendedBy, "Working days added by the one extension (延长).");
        Has(c => c.Pauses, "When the clock stood still (中止).");
    }
}

public sealed class ClockLineGraph : GraphObject<ClockLine>
{
    public ClockLineGraph() : base("ClockLine", "A limit and when it ends.")
    {
        Has(l => l.Limit, "How long.");
        Has(l => l.DueOn, "Null before acceptance and while the clock stands still.");
        Has(l => l.DueAt, "The last instant in time.");
        Has(l => l.Provisional, "The date may move: holidays are not announced yet.");
        Has(l => l.Skipped, "Days that were not counted; null but in explainedClock.");
    }
}

public sealed class CasePauseGraph : GraphObject<CasePause>
{
    public CasePauseGraph() : base("CasePause", "A time during which a step's clock stood still (中止).")
    {
        Has(p => p.Number, "Counts the case's pauses from 1.");
        Has(p => p.Step, "The step's code.");
        Has(p => p.Reason, "One of those the law names.");
        Has(p => p.Note, "What the applicant was told.");
        Has(p => p.From, "When it began.");
        Has(p => p.Until, "When it ended; null while it goes on.");
    }
}

public sealed class DeliveredLicenceGraph : GraphObject<DeliveredLicence>
{
    public DeliveredLicenceGraph() : base("DeliveredLicence", "A licence a case has delivered (电子证照).")
    {
        Has(l => l.Step, "The step that issued it.");
        Has(l => l.Licence, "Its kind.");
        Has(l => l.Number, "Its number.");
        Has(l => l.DeliveredAt, "When it was delivered.");
        Has(l => l.DeliverBy, "The last day the law left for it.");
    }
}

public sealed class RefusalGroundsGraph : GraphObject<RefusalGrounds>
{
    public RefusalGroundsGraph() : base("RefusalGrounds", "What the law asks of a refusal (不予许可).")
    {
        Has(g => g.LegalBasis, "The provision it rests on (法律依据).");
        Has(g => g.Reason, "Why (理由).");
        Has(g => g.Remedy, "What the applicant can do against it (救济途径).").Resolve(context => context.Source.In(context.Language()).Remedy);
    }
}

public sealed class HistoryEntryGraph : GraphObject<HistoryEntry>
{
    public HistoryEntryGraph() : base("HistoryEntry", "One fact of a case.")
    {
        Has(e => e.Version, "The case's version with this fact.");
        Has("type", e => e.Kind, "What happened, for instance case-submitted.");
        Has(e => e.At, "When.");
        Has(e => e.By, "Who did it; null when the clock did.");
        Field<NonNullGraphType<HistoryDetailsGraph>>("details").Description("What belongs to this type of fact.").Resolve(context => context.Source.Particulars);
    }
}

public sealed class HistoryActorGraph : GraphObject<HistoryActor>
{
    public HistoryActorGraph() : base("HistoryActor", "Who did something.")
    {
        Has(a => a.Client, "The OAuth client.");
        Has(a => a.Department, "Its department, if any.");
    }
}

// One type for the particulars of all facts, as it was before REST told them apart: each field is of several.
public sealed class HistoryDetailsGraph : ObjectGraphType<object>
{
    public HistoryDetailsGraph()
    {
        (Name, Description) = ("HistoryDetails", "The particulars of a fact; those that do not apply are null.");
        Any<StringGraphType>("step", "The step's code.");
        Any<StringGraphType>("item", "The item's code.");
        Any<ListGraphType<NonNullGraphType<StringGraphType>>>("materials", "Codes of materials.");
        Any<ListGraphType<NonNullGraphType<MaterialProvedGraph>>>("proved", "What licences already prove.");
        Any<ListGraphType<NonNullGraphType<CorrectionLineGraph>>>("lines", "What a correction notice said.");
        Any<InstantGraph>("acceptedAt", "From when limits run.");
        Any<BooleanGraphType>("deemed", "The law accepted it.");
        Any<InstantGraph>("dueAt", "When it falls due.");
        Any<EnumerationGraphType<Department>>("from", "The department it came from.");
        Any<EnumerationGraphType<Department>>("to", "The department it went to.");
        Any<IntGraphType>("pause", "The pause's number.");
        Any<EnumerationGraphType<PauseReason>>("pauseReason", "Why the clock stopped.");
        Any<IntGraphType>("workingDays", "Working days added.");
        Any<StringGraphType>("reason", "Why, in words.");
        Any<RefusalGroundsGraph>("refusal", "The grounds of a refusal.");
        Any<EnumerationGraphType<CancelledBecause>>("because", "Why the step was cancelled.");
        Any<StringGraphType>("licence", "The licence's number.");
        Any<LimitGraph>("actual", "Time taken.");
    }

    private void Any<TGraph>(string name, string description) where TGraph : IGraphType
    {
        var member = $"{char.ToUpperInvariant(name[0])}{name[1..]}";
        Field<TGraph>(name).Description(description).Resolve(context => context.Source.GetType().GetProperty(member)?.GetValue(context.Source));
    }
}

public class ProblemGraph : GraphObject<Refusal>
{
    public ProblemGraph() : this("Problem", "Why a rule says no: an answer, not a fault.")
    {
    }

    protected ProblemGraph(string name, string description) : base(name, description)
    {
        Has(r => r.Code, "Stable; the one to branch on. /docs/errors/{code} explains it.");
        Has(r => r.Status, "The status REST answers with.");
        Field<NonNullGraphType<StringGraphType>>("title").Description("What is refused, in the language that Accept-Language prefers.")
            .Resolve(context => context.Source.Title.In(context.Language()));
        Field<StringGraphType>("detail").Description("What was wrong this time and what to do about it.")
            .Resolve(context => context.Source.Detail?.In(context.Language()));
        Has("errors", r => r.Fields, "The places in the input that caused it.");
    }
}

public sealed class RefusalGraph() : ProblemGraph("Refusal", "The former name of Problem.");

public sealed class RefusedFieldGraph : GraphObject<FieldRefusal>
{
    public RefusedFieldGraph() : base("RefusedField", "A place in the input that was refused.")
    {
        Has(f => f.Pointer, "JSON Pointer into the argument input, or another argument's name; a missing material is /materials/{its code}.");
        Has(f => f.Code, "Why, as a stable code.");
        Field<NonNullGraphType<StringGraphType>>("title").Description("What is refused there, in the language that Accept-Language prefers.")
            .Resolve(context => context.Source.Title.In(context.Language()));
        Field<StringGraphType>("detail").Description("What was wrong this time and what would be right.")
            .Resolve(context => context.Source.Detail?.In(context.Language()));
    }
}

public sealed class ItemPreviewGraph : GraphObject<ItemPreview>
{
    public ItemPreviewGraph() : base("ItemPreview", "What an application would need, cost and take (智能导办).")
    {
        Has(p => p.Code, "The item's code.");
        Has(p => p.Version, "Its version.");
        Has(p => p.Name, "Its name.");
        Has(p => p.Mode, "How the reform treats it.");
        Has(p => p.Handling, "On the spot, or within the promised limit.");
        Has(p => p.StatutoryLimit, "What the law allows.");
        Has(p => p.PromisedLimit, "What the zone promises.");
        Has(p => p.Needed, "Required materials that are not at hand and not proved.");
        Has(p => p.Proved, "Materials that a licence makes unnecessary.");
        Has(p => p.FeeYuan, "In yuan.");
        Has(p => p.Due, "When the promised limit would end if it were accepted now.");
    }
}
