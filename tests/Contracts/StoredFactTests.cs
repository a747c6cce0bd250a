using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Contracts;

/// <summary>What any release ever stored, later ones still read.</summary>
public class StoredFactTests(Api api)
{
    private const string Folder = "tests/Contracts/stored";

    private PersonalParts Personal => api.Services.GetRequiredService<PersonalParts>();

    private ISerializer Serializer => api.Store.Options.Serializer();

    private Dictionary<string, Type> Types => EventCatalogue.Mapped(api.Store).ToDictionary(e => e.Alias, e => e.Type);

    [Fact]
    public void Every_event_type_has_a_stored_example()
    {
        foreach (var (alias, fact) in Types.Join(StoredExamples.Facts, t => t.Value, f => f.GetType(), (t, f) => (t.Key, f)))
            Keep(FileOf(alias), () => Stored(fact));
        Types.Keys.Where(alias => !File.Exists(PathOf(FileOf(alias)))).Select(FileOf).MustBeEmpty("Missing; make contracts writes it:");
        Directory.GetFiles(PathOf(""), "*.v*.json").Select(Path.GetFileName).Except(Types.Keys.Select(FileOf)).OfType<string>()
            .MustBeEmpty("Once stored, and no longer mapped:");
    }

    [Fact]
    public void Every_stored_event_loads_with_all_its_values() =>
        Types.Where(t => File.Exists(PathOf(FileOf(t.Key))))
            .SelectMany(t => Unreadable(Read(FileOf(t.Key)), t.Value).Select(what => $"{FileOf(t.Key)}: {what}"))
            .MustBeEmpty("Stored events are for ever; add optional fields only, or a new alias:");

    public static TheoryData<string, CaseStatus> Histories => new()
    {
        { "case-establishment", CaseStatus.Granted }, { "case-refused", CaseStatus.Refused }, { "case-partly-granted", CaseStatus.PartlyGranted },
        { "case-sale", CaseStatus.Withdrawn }, { "case-stated", CaseStatus.Submitted }, { "case-files", CaseStatus.Submitted },
    };

    [Theory, MemberData(nameof(Histories))]
    public void A_stored_history_folds_into_the_same_case(string whole, CaseStatus status)
    {
        var facts = status switch
        {
            CaseStatus.Granted => StoredExamples.Establishment,
            CaseStatus.Refused => StoredExamples.Refused,
            CaseStatus.Withdrawn => StoredExamples.Sale,
            CaseStatus.Submitted => StoredExamples.Stated,
            _ => StoredExamples.PartlyGranted,
        };
        Keep($"{whole}.json", () => new JsonArray([.. facts.Select(fact =>
            new JsonObject { ["alias"] = Types.Single(t => t.Value == fact.GetType()).Key, ["data"] = Stored(fact) })]));
        var history = Read($"{whole}.json").AsArray();
        history.Select(e => (string)e!["alias"]!).Distinct().Except(Types.Keys).MustBeEmpty("Once stored, and no longer mapped:");
        history.SelectMany(e => Unreadable(e!["data"]!, Types[(string)e["alias"]!])).MustBeEmpty($"{whole}.json no longer loads:");

        var folded = history.Select(e => (CaseFact)Load(e!["data"]!, Types[(string)e["alias"]!])).Aggregate(default(Case), Case.Evolve)!;
        Assert.Equal(status, folded.Status);
        Assert.Equal(history.Count, folded.Version);
        Approved.Is($"{Folder}/{whole}.folded.json", Json.Text(Stored(folded)));
    }

    [Fact]
    public void A_case_survives_the_store()
    {
        var facts = StoredExamples.Establishment;
        for (var count = 1; count <= facts.Count; count++)
            MustSurvive(facts.Take(count).Aggregate(default(Case), Case.Evolve)!);
    }

    [Fact]
    public void A_refused_case_survives_the_store() =>
        Assert.All([StoredExamples.Refused, StoredExamples.PartlyGranted, StoredExamples.Sale, StoredExamples.Stated], facts => MustSurvive(facts.Aggregate(default(Case), Case.Evolve)!));

    [Fact]
    public void Every_entry_of_the_zones_catalogue_survives_the_store()
    {
        foreach (var item in CatalogueData.Zone())
            MustSurvive(CatalogueEntry.Evolve(null, new ItemPublished(StoredExamples.Start, 1, LegalClock.DayOf(StoredExamples.Start), item, CatalogueData.FormOf(item, CatalogueData.Forms()))));
    }

    private void MustSurvive<T>(T document) where T : notnull
    {
        var stored = Stored(document);
        var loaded = Load(stored, typeof(T));
        Json.Differences(stored, Stored(loaded)).Select(d => d.ToString()).MustBeEmpty($"A {typeof(T).Name} changes in the store:");
        // The platform's JSON says all there is, with nothing left out.
        Assert.Equal(Published(document), Published(loaded));
    }

    private IEnumerable<string> Unreadable(JsonNode stored, Type type)
    {
        try
        {
            var loaded = Stored(Load(stored, type));
            return Json.Missing(stored, type).Select(at => $"{at} is needed and was not stored")
                .Concat(Json.Differences(stored, loaded).Where(d => !d.IsAddition).Select(d => d.ToString()));
        }
        catch (JsonException unreadable)
        {
            return [unreadable.Message];
        }
    }

    private object Load(JsonNode stored, Type type)
    {
        if (IsFact(type))
            return Personal.Read(type, stored.ToJsonString(), part: null);
        using var json = new MemoryStream(Encoding.UTF8.GetBytes(stored.ToJsonString()));
        return Serializer.FromJson(type, json);
    }

    private static bool IsFact(Type type) => type.IsDefined(typeof(AliasAttribute), inherit: false);

    // Whole, as the first releases stored facts and as they are read.
    private JsonNode Stored(object document)
    {
        if (!IsFact(document.GetType()))
            return JsonNode.Parse(Serializer.ToJson(document))!;
        var part = Personal.PartOf(document);
        var fact = JsonNode.Parse(Serializer.ToJson(document))!.AsObject();
        foreach (var (at, text) in part is null ? [] : JsonNode.Parse(part.Json)!.AsObject())
            At(fact, at).ReplaceWith(text!.DeepClone());
        fact.Remove(PersonalParts.Digest);
        return fact;
    }

    private static JsonNode At(JsonNode json, string pointer) => pointer.Split('/').Skip(1)
        .Aggregate(json, (node, name) => node is JsonArray list ? list[int.Parse(name, CultureInfo.InvariantCulture)]! : node[name]!);

    private static string Published(object document) => JsonSerializer.Serialize(document, document.GetType(), PlatformJson.Options);

    /// <summary>Writes what is missing; what was stored once is never written again.</summary>
    private static void Keep(string file, Func<JsonNode> stored)
    {
        if (Approved.IsBeingWritten && !File.Exists(PathOf(file)))
            File.WriteAllText(PathOf(file), Json.Text(stored()));
    }

    private static JsonNode Read(string file)
    {
        Assert.True(File.Exists(PathOf(file)), $"{Folder}/{file} is missing; make contracts writes it.");
        return JsonNode.Parse(File.ReadAllText(PathOf(file)))!;
    }

    // case_granted is kept in case_granted.v1.json, case_granted_v2 in case_granted.v2.json.
    private static string FileOf(string alias) => EventCatalogue.VersionOf(alias) is var version && version == 1
        ? $"{alias}.v1.json"
        : $"{alias[..alias.LastIndexOf('_')]}.v{version}.json";

    private static string PathOf(string file) => Path.Combine(Approved.Root, Folder, file);
}
