using GraphQL;
using GraphQL.Types;
using OneDoor.Catalogue;
using OneDoor.Graph;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>Every command on cases as a mutation: REST's handler in a transaction of its own, and its problems typed.</summary>
public static class CaseMutations
{
    private const int Price = 20;

    public static void Add(ObjectGraphType mutation)
    {
        AddSubmission(mutation);
        Change<AcceptCaseInput, AcceptCaseRequest?>(mutation, "acceptCase", "acceptance", "Accept a case (受理), with a deficiency (容缺) where materials may follow.",
            AcceptCaseEndpoint.Command, [Scopes.CasesHandle], needsInput: false);
        Change<SendCorrectionNoticeInput, SendCorrectionNoticeRequest>(mutation, "sendCorrectionNotice", "correction-notices",
            "Tell the applicant, once, everything that is missing (一次性告知补正).", SendCorrectionNoticeEndpoint.Command, [Scopes.CasesHandle]);
        Change<SupplyMaterialsInput, SupplyMaterialsRequest>(mutation, "supplyMaterials", "materials",
            "Hand in what a correction notice or a pledge asks for (补正材料).", SupplyMaterialsEndpoint.Command, [Scopes.CasesSubmit, Scopes.CasesHandle]);
        Change<RefuseCaseInput, RefuseCaseRequest>(mutation, "refuseCase", "refusal", "Refuse a case as a whole (不予许可); a supervisor's alone.",
            RefuseCaseEndpoint.Command, [Scopes.CasesSupervise, Scopes.CasesHandle]);
        Change<WithdrawCaseInput, WithdrawCaseRequest?>(mutation, "withdrawCase", "withdrawal", "Withdraw a case before it is decided (撤回).",
            WithdrawCaseEndpoint.Command, [Scopes.CasesSubmit], needsInput: false);
        Change<ExtendLimitInput, ExtendLimitRequest>(mutation, "extendLimit", "extension", "Extend a case's limits once (延长期限); a supervisor's alone.",
            ExtendLimitEndpoint.Command, [Scopes.CasesSupervise, Scopes.CasesHandle]);
        Change<PauseClockInput, PauseClockRequest>(mutation, "pauseClock", "pauses", "Stop a step's clock (时限中止) for a hearing, an inspection or the like.",
            PauseClockEndpoint.Command, [Scopes.CasesHandle]);
        AddRemaining(mutation);
    }

    private static void AddSubmission(ObjectGraphType mutation)
    {
        var field = mutation.Field("submitCase", new NonNullGraphType(Payload("submitCase")))
            .Description("Submit a case (申办): one request creates the whole case.")
            .Argument<NonNullGraphType<SubmitCaseInput>>("input", "The whole application.")
            .Argument<StringGraphType>("idempotencyKey", "Repeat with the same key until there is an answer: it happens once.")
            .ResolveAsync(async context => await Run(context, "/v1/cases", null,
                services => services.GetRequiredService<CaseSubmission>().Submit(context.GetArgument<SubmitCaseRequest>("input"), context.CancellationToken)))
            .Needs(Scopes.CasesSubmit);
        GraphCost.Price(field.FieldType, Price);
    }

    // Those whose address or checks hold more than the case's id and the input.
    private static void AddRemaining(ObjectGraphType mutation)
    {
        Changing<ReferCaseInput>(mutation, "referCase", "Redirect to the right department or item, or refer upward (转办、上报).", [Scopes.CasesHandle], true,
            (context, id, etag) => Run(context, $"/v1/cases/{id}/referrals", etag, services => ReferCase.Refer(
                id, context.GetArgument<ReferCaseRequest>("input"), services.GetRequiredService<CaseChange>(),
                services.GetRequiredService<CurrentCatalogue>(), etag, context.CancellationToken)));
        Changing<DecideStepInput>(mutation, "decideStep", "Grant or refuse a step of one's own department (决定).", [Scopes.CasesHandle, Scopes.CasesSupervise], true,
            (context, id, etag) =>
            {
                var (step, request) = (context.GetArgument<string>("step"), context.GetArgument<DecideStepRequest>("input"));
                return Run(context, $"/v1/cases/{id}/steps/{step}/decision", etag, services => DecideStep.Decide(
                    id, step, request, services.GetRequiredService<CaseChange>(), etag, context.CancellationToken));
            }).Arguments!.Add(new QueryArgument<NonNullGraphType<StringGraphType>> { Name = "step", Description = "The step's code." });
        Changing<DecideStepInput>(mutation, "resumeClock", "End a pause: the clock runs again (恢复计时).", [Scopes.CasesHandle], null,
            (context, id, etag) =>
            {
                var pause = context.GetArgument<int>("pause");
                return Run(context, $"/v1/cases/{id}/pauses/{pause}/end", etag, services => services.GetRequiredService<CaseChange>()
                    .Change(id, etag, pause, by => new ResumeClock(by, pause), context.CancellationToken));
            }).Arguments!.Add(new QueryArgument<NonNullGraphType<IntGraphType>> { Name = "pause", Description = "The pause's number." });
    }

    private static void Change<TInput, TRequest>(
        ObjectGraphType mutation, string name, string resource, string description, Func<TRequest, Func<Actor, CaseCommand>> command, string[] scopes,
        bool needsInput = true) where TInput : IGraphType =>
        Changing<TInput>(mutation, name, description, scopes, needsInput, (context, id, etag) =>
        {
            var request = context.GetArgument<TRequest>("input");
            return Run(context, $"/v1/cases/{id}/{resource}", etag, services => services.GetRequiredService<CaseChange>()
                .Change(id, etag, request, command(request), context.CancellationToken));
        });

    // needsInput null: there is no input.
    private static FieldType Changing<TInput>(
        ObjectGraphType mutation, string name, string description, string[] scopes, bool? needsInput,
        Func<IResolveFieldContext, Guid, string, Task<CasePayload>> change) where TInput : IGraphType
    {
        var field = mutation.Field(name, new NonNullGraphType(Payload(name))).Description(description)
            .Argument<NonNullGraphType<IdGraphType>>("id", "The case's id.")
            .Argument<NonNullGraphType<IntGraphType>>("version", "The version the change is based on: a stale one changes nothing.")
            .Argument<StringGraphType>("idempotencyKey", "Repeat with the same key until there is an answer: it happens once.");
        if (needsInput is true)
            field.Argument<NonNullGraphType<TInput>>("input", "The particulars.");
        if (needsInput is false)
            field.Argument<TInput>("input", "The particulars, if any.");
        field.ResolveAsync(async context => Guid.TryParse(context.GetArgument<string>("id"), out var id)
            // No representation's tag, but one of the version: a change is the same whatever language its version was read in.
            ? await change(context, id, context.Service<Etags>().Of(id, context.GetArgument<int>("version"), "", null, []))
            : Refused(context, CaseRefusals.NotFound));
        return GraphCost.Price(field.Needs(scopes).FieldType, Price);
    }

    private static async Task<CasePayload> Run(IResolveFieldContext context, string path, string? etag, Func<IServiceProvider, Task<Outcome>> operation)
    {
        // Each mutation commits or fails by itself, so each has its own session.
        await using var scope = context.RequestServices!.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Idempotency>().Request = new KeyedRequest(context.GetArgument<string?>("idempotencyKey"), path, etag);
        var outcome = await operation(scope.ServiceProvider);
        return outcome.Answer is { } answer
            ? new CasePayload(new SeenCase(answer.Read<CaseView>(), answer.Version), null)
            : Refused(context, outcome.Refused!);
    }

    private static CasePayload Refused(IResolveFieldContext context, Refusal refusal)
    {
        context.RequestServices!.GetRequiredService<SecurityLog>().Refused(context.RequestServices!.GetRequiredService<IHttpContextAccessor>().HttpContext, refusal);
        return new CasePayload(null, GraphRefusals.InOwnWords(refusal));
    }

    private static ObjectGraphType<CasePayload> Payload(string mutation)
    {
        var payload = new ObjectGraphType<CasePayload>
        {
            Name = $"{char.ToUpperInvariant(mutation[0])}{mutation[1..]}Payload", Description = $"What {mutation} came to: the case, or the problem.",
        };
        payload.Field<CaseGraphType>("case").Description("The case as the caller sees it now; null when refused.").Resolve(context => context.Source.Case);
        payload.Field<ProblemGraph>("problem").Description("Why nothing changed; null when it did.").Resolve(context => context.Source.Problem);
        payload.Field<RefusalGraph>("refusal").Description("The former name of problem.")
            .DeprecationReason("A case's refusal is its grounds in law: use problem. To be had until 2027-06-30.").Resolve(context => context.Source.Problem);
        return payload;
    }
}
