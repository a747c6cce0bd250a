using System.Buffers;
using System.Collections;
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
using NpgsqlTypes;
using Weasel.Postgresql.Tables;

namespace OneDoor.Platform;

/// <summary>The personal data of a fact.</summary>
/// <param name="Salt">Random, so that nobody finds out by trying whose digest it is, once it is gone.</param>
/// <param name="Json">An object in UTF-8: each text by its JSON Pointer within the fact, in ordinal order.</param>
public sealed record PersonalPart(byte[] Salt, byte[] Json)
{
    /// <summary>What the fact keeps of it: <c>sha-256:</c> and the digest of salt and JSON in hexadecimal.</summary>
    public string Digest => Sha256Digest.Of([.. Salt, .. Json]);
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

    private const string Keep = $"insert into {QualifiedName} (stream_id, version, salt, data) values (?, ?, ?, ?)";
    private const int SaltBytes = 16;

    // The store writes a fact some time after its part is made; by then it has to be the same salt.
    private readonly ConditionalWeakTable<object, Taken> _taken = [];
    private readonly ConcurrentDictionary<Type, Places> _places = new();
    private readonly ConcurrentDictionary<Type, bool> _holds = new();
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

    // How it is stored without its personal data.
    private JsonSerializerOptions Remaining => field ??= new(Whole) { TypeInfoResolver = Whole.TypeInfoResolver!.WithAddedModifier(Hide) };

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
    public bool CanHold(Type type) => _holds.GetOrAdd(type, t =>
    {
        // A type may have members of its own kind: each is looked at once.
        List<Type> reached = [t];
        for (var i = 0; i < reached.Count; i++)
        {
            var info = Whole.GetTypeInfo(reached[i]);
            if (info is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && !reached.Contains(element))
                reached.Add(element);
            if (info.Kind != JsonTypeInfoKind.Object)
                continue;
            if (info.Properties.Any(member => member.Get is not null && PersonalAttribute.Marks(member)))
                return true;
            reached.AddRange(info.Properties.Where(member => member.Get is not null).Select(member => member.PropertyType).Distinct().Except(reached).ToArray());
        }
        return false;
    });

    /// <summary>Takes the personal data of a fact that is about to be stored: the store writes the fact without it from now on.</summary>
    /// <returns>Null where it holds none.</returns>
    public PersonalPart? PartOf(object fact)
    {
        List<(string At, string Text)> texts = [];
        AddTexts(texts, fact, fact.GetType(), "");
        var part = PartOf(texts);
        _taken.AddOrUpdate(fact, new Taken(part?.Digest));
        return part;
    }

    /// <summary>Takes the personal data out of a fact's JSON.</summary>
    /// <returns>Null where it holds none.</returns>
    public PersonalPart? TakeFrom(JsonObject fact, Type type)
    {
        var places = TextsIn(fact, type, "").ToArray();
        if (PartOf([.. places.Select(p => (p.At, p.Text.GetValue<string>()))]) is not { } part)
            return null;
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
        var fact = JsonSerializer.Deserialize(stored, type, Whole)!;
        if (part is null)
            return fact;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(part));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = reader.GetString()!;
            reader.Read();
            PutBack(fact, type, at.AsSpan(1), reader.GetString()!);
        }
        return fact;
    }

    /// <summary>A fact's JSON with its personal data in it, for what is not stored as a fact of its own.</summary>
    public string Write(object fact) => JsonSerializer.Serialize(fact, fact.GetType(), Whole);

    /// <summary>A fact's JSON in UTF-8 as the store has it, once what is personal is taken.</summary>
    public byte[] Stored(object fact) => _taken.TryGetValue(fact, out var taken)
        ? taken.Json ??= JsonSerializer.SerializeToUtf8Bytes(fact, fact.GetType(), Remaining)
        : JsonSerializer.SerializeToUtf8Bytes(fact, fact.GetType(), _stored!);

    public override Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
    {
        foreach (var stream in session.PendingChanges.Streams())
        {
            foreach (var e in stream.Events.Where(e => CanHold(e.Data.GetType())))
            {
                if (PartOf(e.Data) is { } part)
                    session.QueueSql(Keep, [(NpgsqlDbType.Uuid, stream.Id), (NpgsqlDbType.Bigint, e.Version), (NpgsqlDbType.Bytea, part.Salt), (NpgsqlDbType.Json, part.Json)]);
            }
        }
        return Task.CompletedTask;
    }

    private PersonalPart? PartOf(List<(string At, string Text)> texts)
    {
        if (texts.Count == 0)
            return null;
        texts.Sort((a, b) => string.CompareOrdinal(a.At, b.At));
        // A name and a colon, and a character of three bytes at most for each of a text: it is seldom more.
        var json = new ArrayBufferWriter<byte>(texts.Sum(text => 8 + text.At.Length + 3 * text.Text.Length));
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = Whole.Encoder }))
        {
            writer.WriteStartObject();
            foreach (var (at, text) in texts)
                writer.WriteString(at, text);
            writer.WriteEndObject();
        }
        return new PersonalPart(RandomNumberGenerator.GetBytes(SaltBytes), json.WrittenSpan.ToArray());
    }

    private Places PlacesOf(Type type) => _places.GetOrAdd(type, t => Whole.GetTypeInfo(t) switch
    {
        { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } => new(CanHold(element) ? element : null, []),
        { Kind: JsonTypeInfoKind.Object } info => new(null,
        [
            .. info.Properties.Where(member => member.Get is not null).Select(member => (Member: member, IsPersonal: PersonalAttribute.Marks(member)))
                .Where(m => m.IsPersonal || CanHold(m.Member.PropertyType)),
        ]),
        _ => new(null, []),
    });

    // Of every fact that is stored: no more is allocated than has to be.
    private void AddTexts(List<(string At, string Text)> texts, object value, Type type, string at)
    {
        var places = PlacesOf(type);
        if (places.Element is { } element)
        {
            var i = 0;
            foreach (var inner in (IEnumerable)value)
                AddTexts(texts, inner, element, Element(at, i++));
        }
        foreach (var (member, isPersonal) in places.Members)
        {
            if (member.Get!(value) is not { } inner)
                continue;
            if (isPersonal)
                texts.Add(($"{at}/{member.Name}", (string)inner));
            else
                AddTexts(texts, inner, member.PropertyType, $"{at}/{member.Name}");
        }
    }

    private IEnumerable<(string At, JsonNode Text)> TextsIn(JsonNode json, Type type, string at)
    {
        var places = PlacesOf(type);
        return places.Element is { } element
            ? json.AsArray().SelectMany((inner, i) => TextsIn(inner!, element, Element(at, i)))
            : places.Members.Where(m => json[m.Member.Name] is not null).SelectMany(m => m.IsPersonal
                ? [($"{at}/{m.Member.Name}", json[m.Member.Name]!)]
                : TextsIn(json[m.Member.Name]!, m.Member.PropertyType, $"{at}/{m.Member.Name}"));
    }

    private static string Element(string at, int i) => string.Create(CultureInfo.InvariantCulture, $"{at}/{i}");

    private void Hide(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        foreach (var (member, text) in type.Properties.Where(PersonalAttribute.Marks).Select(member => (member, member.Get)))
            member.Get = holder => text!(holder) is null ? null : Gone;
        if (!type.Type.IsDefined(typeof(AliasAttribute), inherit: false))
            return;
        var digest = type.CreateJsonPropertyInfo(typeof(string), Digest);
        digest.Get = fact => _taken.TryGetValue(fact, out var taken) ? taken.Digest : null;
        digest.ShouldSerialize = (_, found) => found is not null;
        type.Properties.Add(digest);
    }

    // The fact has just been read, so nobody else has it yet.
    private void PutBack(object value, Type type, ReadOnlySpan<char> at, string text)
    {
        var (next, places) = (at.IndexOf('/'), PlacesOf(type));
        var name = next < 0 ? at : at[..next];
        if (places.Element is { } element)
        {
            PutBack(((IList)value)[int.Parse(name, CultureInfo.InvariantCulture)]!, element, at[(next + 1)..], text);
            return;
        }
        foreach (var (member, isPersonal) in places.Members)
        {
            if (!name.SequenceEqual(member.Name))
                continue;
            if (isPersonal)
                member.Set!(value, text);
            else
                PutBack(member.Get!(value)!, member.PropertyType, at[(next + 1)..], text);
            return;
        }
        throw new InvalidOperationException($"{type.Name} has no personal data at {name}.");
    }

    private static JsonSerializerOptions Without(JsonSerializerOptions stored)
    {
        var whole = new JsonSerializerOptions(stored);
        whole.Converters.Remove(whole.Converters.OfType<Remainder>().Single());
        whole.MakeReadOnly(populateMissingResolver: true);
        return whole;
    }

    // The digest of what was taken; null where there was nothing. What is left is written for the store, and read to be chained.
    private sealed class Taken(string? digest)
    {
        public string? Digest { get; } = digest;

        public byte[]? Json { get; set; }
    }

    // Where a type can hold personal data: in its elements or in these members.
    private sealed record Places(Type? Element, IReadOnlyList<(JsonPropertyInfo Member, bool IsPersonal)> Members);

    // What the store writes of facts. One that nobody has taken apart is not written: what it holds would never be erased.
    private sealed class Remainder(PersonalParts parts) : JsonConverter<object>
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsDefined(typeof(AliasAttribute), inherit: false) && parts.CanHold(typeToConvert);

        public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize(ref reader, typeToConvert, parts.Whole);

        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
        {
            if (!parts._taken.TryGetValue(value, out _))
                throw new InvalidOperationException($"{value.GetType().Name} is stored through a session only, which keeps its personal data apart.");
            writer.WriteRawValue(parts.Stored(value), skipInputValidation: true);
        }
    }
}
