using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Documents;
using OneDoor.Graph;

namespace OneDoor.Licences;

/// <summary>Licences in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class LicenceGraph
{
    public static void Add(GraphRoots roots)
    {
        var licence = roots.Shape<LicenceView>("Licence");
        roots.Reads(LicenceReading.One, licence);
        roots.Lists(ListLicences.All, licence);
        licence.Field("documents", GraphList.Of<DocumentView>())
            .Description("What authorities told its holder in writing (文书).")
            .Resolve(context => context.Service<LicenceDocumentBatches>().Documents.Load(
                (Licence.IdOf(context.Source.Number), context.Source.Version, context.Source.Case), documents => (documents ?? []).Select(DocumentView.Of)))
            .Needs(Scopes.LicencesRead);
        roots.Lists(ListLicences.Register, nameof(RegisteredLicence), (licence, _) => licence);
        AddQueries(roots.Query);
        LicenceOperations.All.OpenTo(new GraphOperations<LicenceChanges, LicenceCommand, LicenceView>(roots, LicenceReading.One)
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
                context.GetArgument<string>("number"), context.GetArgument<string?>("token"), context.Service<PublicAddress>().For(context.Service<IHttpContextAccessor>().HttpContext!.Request),
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
    }
}
