using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Marten;
using Npgsql;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Platform;

namespace OneDoor.Documents;

/// <summary>Draws running numbers for documents.</summary>
public sealed class DocumentNumbers(NpgsqlDataSource database, IConfiguration configuration) : RunningNumbers(database, configuration, DocumentTable.Sequence);

/// <summary>Makes the documents of facts, numbered and sealed, in the transaction of the facts: there is no act without its document (DOC-1).</summary>
public sealed class MakeDocuments(CurrentCatalogue catalogue, DocumentNumbers numbers, SigningKeys keys)
{
    /// <summary>What the seal of a document is called (JWS <c>typ</c>).</summary>
    public const string Seal = "onedoor-document";

    private const string CodeSigns = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public async ValueTask Write(IDocumentOperations operations, Case @case, IReadOnlyList<(int Version, CaseFact Fact)> facts)
    {
        var item = catalogue.Known(@case.Plan.Item, @case.Plan.Version)?.Item;
        foreach (var (version, fact) in facts)
        {
            if (Draft.Of(@case, item, fact) is { } draft)
                operations.QueueSqlCommand(DocumentTable.Insert, DocumentTable.Row(await Made(@case, version, draft)));
        }
    }

    private async Task<StoredDocument> Made(Case @case, int version, Draft draft)
    {
        var number = draft.Act.Number(draft.Authority, draft.On.Year, await numbers.Next(default));
        var text = draft.Text(number, string.Join('-', RandomNumberGenerator.GetString(CodeSigns, 20).Chunk(4).Select(four => new string(four))));
        var digest = Sha256Digest.Of(text);
        var seal = await keys.Sign(Seal, new JsonObject
        {
            ["number"] = number, ["act"] = Kebab.Of(draft.Act), ["case"] = @case.Number, ["version"] = version,
            ["date"] = draft.On.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["authority"] = DepartmentDirectory.Zone.Of(draft.Authority).OfficialName.Zh, ["textDigest"] = digest,
        }, default);
        return new(@case.Id, N: 0, version, number, draft.Act, draft.Title, draft.Authority, draft.On, digest, seal, text);
    }
}
