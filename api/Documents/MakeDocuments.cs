using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Marten;
using OneDoor.Cases;
using OneDoor.Catalogue;

namespace OneDoor.Documents;

/// <summary>Draws running numbers for documents.</summary>
public sealed class DocumentNumbers() : RunningNumbers(DocumentTable.Sequence);

/// <summary>Makes the documents of facts, numbered and sealed, in the transaction of the facts: there is no act without its document (DOC-1).</summary>
public sealed class MakeDocuments(CurrentCatalogue catalogue, DocumentNumbers numbers, SigningKeys keys)
{
    /// <summary>What the seal of a document is called (JWS <c>typ</c>).</summary>
    public const string Seal = "onedoor-document";

    private const string CodeSigns = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public ValueTask Write(IDocumentOperations operations, Case @case, IReadOnlyList<(int Version, CaseFact Fact)> facts)
    {
        var item = catalogue.ItemOf(@case.Plan.Item, @case.Plan.Version);
        return Write(operations, @case.Id, ("case", @case.Number), facts, fact => Draft.Of(@case, item, fact));
    }

    /// <summary>Makes the documents of facts of a thing.</summary>
    /// <param name="operations">The transaction.</param>
    /// <param name="thing">Its id.</param>
    /// <param name="known">What seals call the thing, and its number.</param>
    /// <param name="facts">What happened, each with the version it led to.</param>
    /// <param name="draft">What is told of a fact in writing; null for nothing.</param>
    public async ValueTask Write<TFact>(
        IDocumentOperations operations, Guid thing, (string As, string Number) known, IReadOnlyList<(int Version, TFact Fact)> facts, Func<TFact, Draft?> draft)
    {
        foreach (var (version, fact) in facts)
        {
            if (draft(fact) is { } told)
                operations.QueueSqlCommand(DocumentTable.Insert, DocumentTable.Row(await Made(operations, thing, known, version, told)));
        }
    }

    private async Task<StoredDocument> Made(IQuerySession session, Guid thing, (string As, string Number) known, int version, Draft draft)
    {
        var number = draft.Act.Number(draft.Authority, draft.On.Year, await numbers.Next(session, default));
        var text = draft.Text(number, string.Join('-', RandomNumberGenerator.GetString(CodeSigns, 20).Chunk(4).Select(four => new string(four))));
        var digest = Sha256Digest.Of(text);
        var seal = await keys.Sign(Seal, new JsonObject
        {
            ["number"] = number, ["act"] = Kebab.Of(draft.Act), ["title"] = draft.Title, [known.As] = known.Number, ["version"] = version,
            ["date"] = draft.On.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["authority"] = DepartmentDirectory.Zone.Of(draft.Authority).OfficialName.Zh, ["textDigest"] = digest,
        }, default);
        return new(thing, N: 0, version, number, draft.Act, draft.Title, draft.Authority, draft.On, digest, seal, text);
    }
}
