using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Marten;
using Marten.Services;
using Weasel.Postgresql.Tables;

namespace OneDoor.Platform;

/// <summary>The personal data of a fact.</summary>
/// <param name="Salt">Random, so that nobody finds out by trying whose digest it is, once it is gone.</param>
/// <param name="Json">An object: each text by its JSON Pointer within the fact, in ordinal order.</param>
public sealed record PersonalPart(byte[] Salt, string Json)
{
    /// <summary>What the fact keeps of it: <c>sha-256:</c> and the digest of salt and JSON in hexadecimal.</summary>
    public string Digest => $"sha-256:{Convert.ToHexStringLower(SHA256.HashData([.. Salt, .. Encoding.UTF8.GetBytes(Json)]))}";
}

/// <summary>
/// Keeps the personal data of facts (<see cref="PersonalAttribute"/>) in a part of their own, found by stream and version. The fact is
/// stored with <see cref="Gone"/> in its places and with the part's digest, and so is a whole fact without it: where the part
/// is erased, the fact, its order and its digest stay.
/// </summary>
public sealed class PersonalParts : DocumentSessionListenerBase
{
    /// <summary>What is read where personal data was.</summary>
    public const string Gone = "***";

    public const string Name = "personal_parts", QualifiedName = $"{Store.Schema}.{Name}";

    /// <summary>The member of a fact's JSON that holds the digest of its part.</summary>
    public const string Digest = "personal";

    private const string Keep = $"insert into {QualifiedName} (stream_id, version, salt, data) values (?, ?, ?, ?::json)";
    private const int SaltBytes = 16;

    // The store writes a fact some time after it has been taken apart; by then it has to be the same salt.
    private readonly ConditionalWeakTable<object, JsonObject> _apart = [];
    private readonly ConcurrentDictionary<Type, bool> _holding = new();
    private JsonSerializerOptions? _stored;

    /// <summary>The table of the parts. Their JSON is kept as it was written: of what else it might be, the digest is another.</summary>
    public static Table Table
    {
        get
        {
            var table = new Table(QualifiedName);
            table.AddColumn("stream_id", "uuid").AsPrimaryKey();
            table.AddColumn("version", "bigint").AsPrimaryKey();
            table.AddColumn("salt", "bytea").NotNull();
            table.AddColumn("data", "json").NotNull();
            return table;
        }
    }

    // How a fact is stored when it is whole. Capabilities have their say until the store is first used.
    private JsonSerializerOptions Whole => field ??= Without(_stored!);

    /// <summary>Has the store write facts without their personal data, and that beside them.</summary>
    public void AddTo(Marten.StoreOptions marten)
    {
        ((SystemTextJsonSerializer)marten.Serializer()).Configure(stored =>
        {
            stored.Converters.Add(new Remainder(this));
            _stored = stored;
        });
        marten.Listeners.Add(this);
        marten.Storage.ExtendedSchemaObjects.Add(Table);
    }

    /// <summary>Whether facts of a type can hold personal data.</summary>
    public bool CanHold(Type type) => _holding.GetOrAdd(type, t => Whole.GetTypeInfo(t) switch
    {
        { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } => CanHold(element),
        { Kind: JsonTypeInfoKind.Object } info => info.Properties.Any(member => PersonalAttribute.Marks(member) || CanHold(member.PropertyType)),
        _ => false,
    });

    /// <summary>A fact's JSON without its personal data, and that.</summary>
    public (JsonObject Fact, PersonalPart? Part) Apart(object fact)
    {
        var json = JsonSerializer.SerializeToNode(fact, fact.GetType(), Whole)!.AsObject();
        return (json, TakeFrom(json, fact.GetType()));
    }

    /// <summary>Takes the personal data out of a fact's JSON.</summary>
    /// <returns>Null where it holds none.</returns>
    public PersonalPart? TakeFrom(JsonObject fact, Type type)
    {
        var places = PlacesIn(fact, type, "").OrderBy(place => place.At, StringComparer.Ordinal).ToArray();
        if (places.Length == 0)
            return null;
        var part = new PersonalPart(
            RandomNumberGenerator.GetBytes(SaltBytes), new JsonObject(places.Select(p => KeyValuePair.Create(p.At, (JsonNode?)p.Text.DeepClone()))).ToJsonString(Whole));
        foreach (var (_, text) in places)
            text.ReplaceWith(Gone);
        fact[Digest] = part.Digest;
        return part;
    }

    /// <summary>A fact as it was, or, where its part is erased, what remains of it.</summary>
    /// <param name="type">The fact's.</param>
    /// <param name="stored">The event's JSON.</param>
    /// <param name="part">That of its personal data; null where there is none.</param>
    public object Read(Type type, string stored, string? part)
    {
        if (part is null)
            return JsonSerializer.Deserialize(stored, type, Whole)!;
        var fact = JsonNode.Parse(stored)!.AsObject();
        PutBack(fact, part);
        return fact.Deserialize(type, Whole)!;
    }

    /// <summary>Puts the personal data that <see cref="TakeFrom"/> has taken out of a fact's JSON back into its places.</summary>
    public static void PutBack(JsonObject fact, string part)
    {
        foreach (var (at, text) in JsonNode.Parse(part)!.AsObject())
            At(fact, at).ReplaceWith(text!.DeepClone());
        fact.Remove(Digest);
    }

    public override Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
    {
        foreach (var stream in session.PendingChanges.Streams())
        {
            foreach (var e in stream.Events.Where(e => CanHold(e.Data.GetType())))
            {
                var (fact, part) = Apart(e.Data);
                if (part is not null)
                    session.QueueSqlCommand(Keep, stream.Id, e.Version, part.Salt, part.Json);
                _apart.AddOrUpdate(e.Data, fact);
            }
        }
        return Task.CompletedTask;
    }

    private IEnumerable<(string At, JsonNode Text)> PlacesIn(JsonNode json, Type type, string at)
    {
        if (!CanHold(type))
            return [];
        var info = Whole.GetTypeInfo(type);
        return json is JsonArray list
            ? list.SelectMany((element, i) => PlacesIn(element!, info.ElementType!, string.Create(CultureInfo.InvariantCulture, $"{at}/{i}")))
            : info.Properties.Where(member => json[member.Name] is not null).SelectMany(member => PersonalAttribute.Marks(member)
                ? [($"{at}/{member.Name}", json[member.Name]!)]
                : PlacesIn(json[member.Name]!, member.PropertyType, $"{at}/{member.Name}"));
    }

    private static JsonNode At(JsonNode json, string pointer) => pointer.Split('/').Skip(1)
        .Aggregate(json, (node, name) => node is JsonArray list ? list[int.Parse(name, CultureInfo.InvariantCulture)]! : node[name]!);

    private static JsonSerializerOptions Without(JsonSerializerOptions stored)
    {
        var whole = new JsonSerializerOptions(stored);
        whole.Converters.Remove(whole.Converters.OfType<Remainder>().Single());
        whole.MakeReadOnly(populateMissingResolver: true);
        return whole;
    }

    // What the store writes of facts. One that nobody has taken apart is not written: what it holds would never be erased.
    private sealed class Remainder(PersonalParts parts) : JsonConverter<object>
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsDefined(typeof(AliasAttribute), inherit: false) && parts.CanHold(typeToConvert);

        public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize(ref reader, typeToConvert, parts.Whole);

        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
        {
            if (!parts._apart.TryGetValue(value, out var fact))
                throw new InvalidOperationException($"{value.GetType().Name} is stored through a session only, which keeps its personal data apart.");
            fact.WriteTo(writer, options);
        }
    }
}
