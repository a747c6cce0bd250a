using GraphQL;
using GraphQL.Types;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Graph;

namespace OneDoor.Guidance;

/// <summary>What one is told and given before one applies, in GraphQL: what REST offers, by the same handlers.</summary>
public static class GuidanceGraph
{
    public static void Add(GraphRoots roots)
    {
        roots.Input<PreviewItemRequest>("PreviewItemInput");
        roots.Shape<MaterialGiven>("MaterialSent");
        roots.Shape<SubmitCase>("Application");
        AddWhatIsSigned(roots.Query);
        AddWhatToApplyWith(roots.Query);
    }

    private static void AddWhatIsSigned(ObjectGraphType query)
    {
        query.Field<SignedText>("declaration", nullable: true).Description("The declaration of truth that every application is signed with (真实性声明).")
            .Resolve(_ => SignedTexts.Declaration);
        query.Field<PledgeTerms>("pledge", nullable: true).Description("What is signed to hand in a material of an item later (容缺承诺); null when there is no such item.")
            .Argument<NonNullGraphType<StringGraphType>>("code", "The item's code.")
            .ResolveAsync(async context => await context.Service<CurrentCatalogue>().Shown(context.GetArgument<string>("code"), context.CancellationToken) is { Item: var item }
                ? PledgeTerms.Of(item) : null);
        query.Field<CommitmentTerms>("commitment", nullable: true).Description("What is signed to be granted an item by commitment (告知承诺); null when there is no such item.")
            .Argument<NonNullGraphType<StringGraphType>>("code", "The item's code.")
            .ResolveAsync(async context => context.FoundOrNull(CommitmentTerms.Of(await context.Service<CurrentCatalogue>().Shown(context.GetArgument<string>("code"), context.CancellationToken))));
    }

    private static void AddWhatToApplyWith(ObjectGraphType query)
    {
        query.Field<SubmitCase>("example", nullable: true)
            .Description("A whole application that works, each time by somebody else, who does not exist; in the sandbox only. null when there is no such item.")
            .Argument<NonNullGraphType<StringGraphType>>("code", "The item's code.")
            .Argument<EnumerationGraphType<ApplicantKind>>("applicant", "Who applies: of those the item is for, the first when left out.")
            .Argument<NonNullGraphType<BooleanGraphType>>("commitment", "true: by commitment, which the item has to allow.", argument => argument.DefaultValue = false)
            .ResolveAsync(async context => await Example(context));
        query.Field<JsonGraph>("form")
            .Description("An item's form (申请表) as JSON Schema, in force today or in another version; null when there is none.")
            .Argument<NonNullGraphType<StringGraphType>>("code", "The item's code.")
            .Argument<IntGraphType>("version", "The form of the version of this number.")
            .Argument<NonNullGraphType<BooleanGraphType>>("prefill", "true: with what who is signed in answered before, which needs the scope cases:read.", argument => argument.DefaultValue = false)
            .ResolveAsync(async context => await Form(context)).Costs(5);
        query.Field<ItemPreview>("previewItem", nullable: true).Description("What an application would need, cost and take (智能导办).")
            .Argument<NonNullGraphType<StringGraphType>>("code", "The item's code.")
            .Argument<NonNullGraphType<GraphInput<PreviewItemRequest>>>("input", "Who would apply, and with what.")
            .ResolveAsync(async context => context.Found(await context.Service<Previews>().Of(
                context.GetArgument<string>("code"), context.GetArgument<PreviewItemRequest>("input"), context.CancellationToken)))
            .Costs(5);
    }

    private static async Task<SubmitCase?> Example(IResolveFieldContext context)
    {
        var (kind, committed) = (context.GetArgument<ApplicantKind?>("applicant"), context.GetArgument<bool>("commitment"));
        var published = context.FoundOrNull(await GetExample.Find(
            context.GetArgument<string>("code"), kind, committed, context.Service<CurrentCatalogue>(), context.Service<IHostEnvironment>(), context.Service<TimeProvider>(),
            context.CancellationToken));
        return published is null ? null : GetExample.Of(published, kind, committed, context.Service<TimeProvider>());
    }

    private static async Task<object?> Form(IResolveFieldContext context)
    {
        var (prefill, time, caller) = (context.GetArgument<bool>("prefill"), context.Service<TimeProvider>(), context.Service<Caller>());
        if (prefill && GetForm.MayNotPrefill(context.User!) is not null)
            throw context.LacksScope([.. Scopes.ToReadCases]);
        var (_, published, _) = await GetItem.Find(
            context.Service<CurrentCatalogue>(), context.GetArgument<string>("code"), context.GetArgument<int?>("version"), asOf: null, time, context.CancellationToken);
        if (published?.Form is null || !prefill)
            return published?.Form is null ? null : GetForm.Schema(published, context.Language(), time);
        var (schema, cases) = await context.Service<PrefilledForms>().Of(published, context.Language(), caller, context.CancellationToken);
        context.NoteRead("case", cases);
        return schema;
    }
}
