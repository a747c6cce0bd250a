using GraphQL;
using GraphQL.Types;
using OneDoor.Graph;

namespace OneDoor.BusinessEnvironment;

/// <summary>The business environment in GraphQL: what REST offers, by the same handlers.</summary>
public static class BusinessEnvironmentGraph
{
    public static void Add(GraphRoots roots)
    {
        roots.Shape<BusinessEnvironmentView>("BusinessEnvironment");
        roots.Shape<AspectView>("PlanAspect");
        roots.Shape<MeasureView>("Measure").Field("progress", GraphList.Of<MeasureEvent>()).Description("What was reported of it and found of it, in order.")
            .ResolveAsync(async context => (await context.Service<MeasureReader>().ProgressOf(context.Source.Year, context.Source.Code, context.CancellationToken)).Take(context.Source.Version))
            // One look for each measure of the plan.
            .Costs(100);
        roots.Shape<BusinessIndicatorsView>("BusinessIndicators").HasHistory(SetIndicators.One, "What was said of the year, in order.");
        AddQueries(roots.Query);
        var measures = new GraphOperations<MeasureChanges, MeasureCommand, MeasureView>(roots, ChangeMeasures.Resource);
        OfMeasure<ReportMeasureProgress>(measures, "reportMeasureProgress", ChangeMeasures.Reports, "progress", ChangeMeasures.Reporting);
        OfMeasure<ConfirmMeasure>(measures, "confirmMeasure", ChangeMeasures.Confirms, "confirmation", Scopes.CasesSupervise);
        OfMeasure<ReturnMeasure>(measures, "returnMeasure", ChangeMeasures.Returns, "return", Scopes.CasesSupervise);
        new GraphOperations<BusinessIndicatorsChanges, SetBusinessIndicators, BusinessIndicatorsView>(roots, new Resource("indicators", SetIndicators.One.Address, SetIndicators.One.NotFound))
            .Set<SetBusinessIndicators>("setBusinessIndicators", SetIndicators.Does, context => BusinessIndicators.IdOf(YearOf(context)), context => $"{SetIndicators.One.Address}/{YearOf(context)}/indicators",
                (changes, context, seen, input) => changes.Change(NoneOf(context), seen, input, context.CancellationToken), Scopes.CasesSupervise)
            .Argument<NonNullGraphType<IntGraphType>>("year", "Which year.");
    }

    private static void OfMeasure<T>(GraphOperations<MeasureChanges, MeasureCommand, MeasureView> measures, string name, string does, string path, params string[] scopes) where T : MeasureCommand =>
        measures.Set<T>(
                name, does, context => Measure.IdOf(YearOf(context), CodeOf(context)), context => $"{SetIndicators.One.Address}/{YearOf(context)}/measures/{CodeOf(context)}/{path}",
                (changes, context, seen, input) => changes.Change(Measure.None(YearOf(context), CodeOf(context)), seen, input, context.CancellationToken), scopes)
            .Argument<NonNullGraphType<IntGraphType>>("year", "Year of the plan.")
            .Argument<NonNullGraphType<StringGraphType>>("code", "Code of the measure.");

    private static void AddQueries(ObjectGraphType query)
    {
        query.Field<BusinessEnvironmentView>("businessEnvironment", nullable: true).Description($"{ReadBusinessEnvironment.Reads} (优化营商环境工作方案); null where there is no plan.")
            .Argument<NonNullGraphType<IntGraphType>>("year", "Year of the plan.")
            .Argument<InstantGraph>("asOf", "What had been done by then.")
            .ResolveAsync(async context => await context.Service<MeasureReader>().Plan(YearOf(context), context.GetArgument<DateTimeOffset?>("asOf"), context.CancellationToken)).Costs(10);
        query.Field<MeasureView>("measure", nullable: true).Description($"{ReadBusinessEnvironment.ReadsOne} (举措); null where there is none.")
            .Argument<NonNullGraphType<IntGraphType>>("year", "Year of the plan.")
            .Argument<NonNullGraphType<StringGraphType>>("code", "Code of the measure.")
            .Argument<InstantGraph>("asOf", "The measure as it was then.")
            .ResolveAsync(async context => await context.Service<MeasureReader>().Find(YearOf(context), CodeOf(context), context.GetArgument<DateTimeOffset?>("asOf"), context.CancellationToken)).Costs(5);
        query.Field<BusinessIndicatorsView>("businessIndicators", nullable: true).Description($"{SetIndicators.Reads}; null where there can be nothing.")
            .Argument<NonNullGraphType<IntGraphType>>("year", "Which year.")
            .Argument<InstantGraph>("asOf", "What had been said by then.")
            .ResolveAsync(async context => await context.Read(
                SetIndicators.One, BusinessIndicators.IdOf(YearOf(context)), context.GetArgument<DateTimeOffset?>("asOf"), untouched: NoneOf(context))).Costs(5);
        query.Field<EvaluationFrameworks>("evaluationFrameworks", nullable: true).Description($"{ReadBusinessEnvironment.ReadsFrameworks} (评价体系).")
            .Resolve(_ => EvaluationFrameworks.Known).Costs(5);
    }

    private static int YearOf(IResolveFieldContext context) => context.GetArgument<int>("year");

    private static BusinessIndicators? NoneOf(IResolveFieldContext context) => BusinessIndicators.None(YearOf(context), context.Service<TimeProvider>().GetUtcNow());

    private static string CodeOf(IResolveFieldContext context) => context.GetArgument<string>("code");
}
