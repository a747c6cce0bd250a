using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Cases;
using OneDoor.Documents;
using OneDoor.Graph;
using OneDoor.Platform;

namespace OneDoor.Licences;

/// <summary>Licences in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class LicenceGraph
{
    public static void Add(GraphRoots roots)
    {
        var licence = roots.Shape<LicenceView>("Licence");
        roots.Reads(LicenceReading.One, licence);
        licence.Field("documents", GraphList.Of<DocumentView>())
            .Description("What authorities told its holder in writing (文书).")
            .Resolve(context => context.Service<LicenceDocumentBatches>().Documents.Load(
                (Licence.IdOf(context.Source.Number), context.Source.Version, context.Source.Case), documents => (documents ?? []).Select(DocumentView.Of)))
            .Needs(Scopes.LicencesRead);
        roots.Connection<LicenceView>("Licence", "A page of licences.");
        roots.Connection<RegisteredLicence>("RegisteredLicence", "A page of the public register.");
        AddQueries(roots.Query);
        LicenceOperations.All.OpenTo(new GraphOperations<LicenceChanges, LicenceCommand, LicenceView>(roots, "/v1/licences", LicenceReading.One.Name, LicenceRefusals.NotFound, answer => answer.Read<LicenceView>())
        {
            ByNumber = Licence.IdOf,
        });
    }

    private static void AddQueries(ObjectGraphType query)
    {
        query.Field<LicenceVerification>("licenceVerification", nullable: true).Description("How a licence stands now, signed, for anybody (核验); null when there is no such licence.")
            .Argument<NonNullGraphType<StringGraphType>>("number", "The licence's number.")
            .Argument<StringGraphType>("token", "The token of the QR code on a paper.")
            .ResolveAsync(async context => await context.Service<VerifyLicence>().Signed(
                context.GetArgument<string>("number"), context.GetArgument<string?>("token"), context.Service<DocumentOptions>().AddressOf(context.Service<IHttpContextAccessor>().HttpContext!.Request),
                context.CancellationToken))
            .Costs(5);
        query.Field<DocumentView>("documentOfLicence", nullable: true).Description("A document of a licence (文书); null when it does not exist for the caller.")
            .Argument<NonNullGraphType<StringGraphType>>("number", "The licence's number.")
            .Argument<NonNullGraphType<IntGraphType>>("n", "The document's number within the licence, from 1.")
            .ResolveAsync(async context =>
            {
                var (licence, document) = await context.Service<DocumentTable>().Find(
                    context.Service<IQuerySession>(), context.GetArgument<string>("number"), context.GetArgument<int>("n"), context.Service<Caller>().Actor,
                    context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken);
                if (document is null)
                    return null;
                context.NoteRead("licence", licence!.Id);
                return DocumentView.Of(document);
            })
            .Needs(Scopes.LicencesRead).Costs(5);
        Filtered(query.Field<GraphPage<LicenceView>>("licences", nullable: true).Description("The licences the caller sees, the latest issued first."))
            .Argument<StringGraphType>("holder", "Licences of the holder with this unified social credit code or citizen identity number; of others kind:number, or kind:country:number.")
            .Paged()
            .ResolveAsync(async context =>
            {
                var parameters = new Parameters();
                var filter = FilterOf(context) with { Holder = CaseFilter.ApplicantOf(parameters, context.GetArgument<string?>("holder"), "holder") };
                if (parameters.Refused is { } refused)
                    throw context.Refused(refused);
                var page = await Page(context, ListLicences.SeenBy(context.Service<IQuerySession>(), context.Service<Caller>().Actor), filter, ListLicences.Own, LicenceView.Of, l => l.Number);
                return page;
            })
            .Needs(Scopes.LicencesRead).Costs(10);
        Filtered(query.Field<GraphPage<RegisteredLicence>>("registeredLicences", nullable: true).Description("The public register (双公示): licences of legal entities, the latest issued first."))
            .Paged()
            .ResolveAsync(async context => await Page(
                context, ListLicences.Registered(context.Service<IQuerySession>()), FilterOf(context), ListLicences.Register, RegisteredLicence.Of, l => l.Number))
            .Costs(10);
    }

    private static GraphQL.Builders.FieldBuilder<object?, T> Filtered<T>(GraphQL.Builders.FieldBuilder<object?, T> field) => field
        .Argument<StringGraphType>("kind", "Licences of the kind of this code.")
        .Argument<ListGraphType<NonNullGraphType<EnumerationGraphType<LicenceStatus>>>>("status", "Licences that stand so.")
        .Argument<StringGraphType>("item", "Licences granted for the item of this code.");

    private static LicenceFilter FilterOf(IResolveFieldContext context) =>
        new(context.GetArgument<string?>("kind"), context.GetArgument<LicenceStatus[]?>("status"), context.GetArgument<string?>("item"));

    private static async Task<GraphPage<T>> Page<T>(
        IResolveFieldContext context, IQueryable<Licence> seen, LicenceFilter filter, string list, Func<Licence, string, T> show, Func<T, string> number)
    {
        var now = context.Service<TimeProvider>().GetUtcNow();
        var (found, hasNext) = await ListLicences.Find(seen, filter, context.Page(filter.List(list)), now, context.CancellationToken);
        if (list == ListLicences.Own)
            context.NoteRead("licence", found.Select(l => l.Id));
        var (cursors, positions) = (context.Service<Cursors>(), found.ToDictionary(l => l.Number, ListLicences.ByIssue.PositionOf));
        return new GraphPage<T>(
            [.. found.Select(l => show(l, context.Language()))], l => cursors.Sign(filter.List(list), positions[number(l)]), hasNext, () => ListLicences.Count(seen, filter, now, context.CancellationToken));
    }
}
