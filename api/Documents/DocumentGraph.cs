using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Cases;
using OneDoor.Graph;

namespace OneDoor.Documents;

/// <summary>Documents in GraphQL: a field of their case.</summary>
public static class DocumentGraph
{
    public static void Add(GraphRoots roots)
    {
        roots.Shape<DocumentView>("Document");
        roots.ShapeOf<SeenCase>().Field("documents", GraphList.Of<DocumentView>())
            .Description("What authorities told the applicant in writing (文书), as far as the reader may see it.")
            .Resolve(context => context.Service<DocumentBatches>().Documents.Load(
                context.Source.View.Id, documents => (documents ?? []).Where(d => d.Version <= context.Source.Version).Select(DocumentView.Of)))
            .Needs([.. Scopes.ToReadCases]);
        roots.Query.Field<DocumentView>("document", nullable: true).Description("A document of a case (文书); null when it does not exist for the caller.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The case's id.")
            .Argument<NonNullGraphType<IntGraphType>>("n", "The document's number within the case, from 1.")
            .ResolveAsync(async context => await Find(context))
            .Needs([.. Scopes.ToReadCases]).Costs(5);
    }

    private static async Task<DocumentView?> Find(IResolveFieldContext context)
    {
        if (!Guid.TryParse(context.GetArgument<string>("id"), out var id))
            return null;
        await using var session = context.Service<IDocumentStore>().QuerySession();
        var (viewer, ct) = (context.Service<Caller>().Actor, context.CancellationToken);
        if (await session.FindWhole(id, viewer, context.Service<TimeProvider>().GetUtcNow(), ct) is not { } found
            || await context.Service<SeenDocuments>().Find(found, context.GetArgument<int>("n"), viewer, ct) is not { } document)
            return null;
        context.NoteRead("case", id);
        return DocumentView.Of(document);
    }
}

/// <summary>The documents of many cases, loaded by one query for all of them.</summary>
public sealed class DocumentBatches(IDocumentStore store, SeenDocuments documents, Caller caller, TimeProvider time)
{
    public GraphBatch<Guid, IReadOnlyList<StoredDocument>> Documents { get; } = new(async (ids, ct) =>
    {
        await using var session = store.QuerySession();
        var cases = (await session.LoadManyAsync<Case>(ct, ids)).Where(c => c.IsVisibleTo(caller.Actor, time.GetUtcNow())).ToArray();
        return (await documents.Of(cases, caller.Actor, ct)).ToDictionary(d => d.Key, d => (IReadOnlyList<StoredDocument>)[.. d]);
    });
}
