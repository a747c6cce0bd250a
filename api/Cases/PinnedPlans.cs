using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using OneDoor.Catalogue;

namespace OneDoor.Cases;

/// <summary>
/// Stores the plan a case is pinned to as the item version it is (CAT-4): a published version never changes, so the
/// catalogue holds it once, and not every fact and every case again. A plan the catalogue does not know is stored whole,
/// and one stored whole, as the first releases did, is read as it is.
/// </summary>
public sealed class PinnedPlans(Func<CurrentCatalogue> catalogue) : JsonConverter<CasePlan>
{
    private readonly ConcurrentDictionary<JsonSerializerOptions, JsonSerializerOptions> _whole = new();

    public override CasePlan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ahead = reader;
        if (Named(ref ahead) is not { } pinned)
            return JsonSerializer.Deserialize<CasePlan>(ref reader, Whole(options));
        reader = ahead;
        return CasePlan.Of(catalogue().Pinned(pinned.Item, pinned.Version));
    }

    public override void Write(Utf8JsonWriter writer, CasePlan value, JsonSerializerOptions options)
    {
        if (catalogue().Known(value.Item, value.Version) is not { } known)
        {
            JsonSerializer.Serialize(writer, value, Whole(options));
            return;
        }
        // Stored as the published one, whatever it says besides would be gone: it belongs beside the plan, in a fact of its own.
        var published = CasePlan.Of(known);
        if (!ReferenceEquals(value, published) && !Says(value, published, options))
            throw new InvalidOperationException($"A case's plan is not version {value.Version} of {value.Item} as it is published.");
        writer.WriteStartObject();
        writer.WriteString("item", value.Item);
        writer.WriteNumber("version", value.Version);
        writer.WriteEndObject();
    }

    /// <summary>The item version, where nothing else is there; the reader then stands at the object's end.</summary>
    private static (string Item, int Version)? Named(ref Utf8JsonReader reader)
    {
        string? item = null;
        int? version = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("item"u8) && reader.Read())
                item = reader.GetString();
            else if (reader.ValueTextEquals("version"u8) && reader.Read())
                version = reader.GetInt32();
            else
                return null;
        }
        return item is not null && version is not null ? (item, version.Value) : null;
    }

    private bool Says(CasePlan plan, CasePlan published, JsonSerializerOptions options) =>
        JsonSerializer.SerializeToUtf8Bytes(plan, Whole(options)).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(published, Whole(options)));

    private JsonSerializerOptions Whole(JsonSerializerOptions options) => _whole.GetOrAdd(options, own =>
    {
        var whole = new JsonSerializerOptions(own);
        whole.Converters.Remove(this);
        return whole;
    });
}
