using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OneDoor.Evidence;

/// <summary>A member of a fact, as the fact's digest takes it in.</summary>
/// <param name="Name">The member's; <see cref="FactChain.Type"/> for the fact's type.</param>
/// <param name="Salt">Whoever is not shown it finds out nothing by trying values.</param>
/// <param name="Text">The member as JSON, its name included: <c>"step":"review"</c>.</param>
public sealed record FactMember(string Name, byte[] Salt, string Text)
{
    /// <summary>SHA-256 over the salt and the text in UTF-8.</summary>
    public byte[] Digest => SHA256.HashData([.. Salt, .. Encoding.UTF8.GetBytes(Text)]);
}

/// <summary>
/// The chain of a thing's facts: each link is SHA-256 over the link before and the fact's own digest, so that the last one stands for all of
/// them, in their order. A fact's digest is over the digests of its members, each with a salt of its own: who may see a member can be shown that it
/// is in there, and who may not learns nothing. Personal data is not in it, but the digest under which it lies beside the fact, so that it can be erased.
/// </summary>
public static class FactChain
{
    /// <summary>The member that says of what type a fact is.</summary>
    public const string Type = "$type";

    private const int SaltBytes = 16;

    // As it is stored and not only as it may be written: an escape more would be another text.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>What the first fact follows.</summary>
    public static byte[] Beginning => new byte[SHA256.HashSizeInBytes];

    /// <summary>The link that follows.</summary>
    /// <param name="previous">The one before.</param>
    /// <param name="fact">The fact's own digest.</param>
    public static byte[] Next(byte[] previous, byte[] fact) => SHA256.HashData([.. previous, .. fact]);

    /// <summary>A fact's own digest: SHA-256 over the digests of its members.</summary>
    public static byte[] DigestOf(IEnumerable<FactMember> members) => SHA256.HashData([.. members.SelectMany(member => member.Digest)]);

    /// <summary>A fact's members by ordinal order of their names, each written in one way only: without white space, objects in order, numbers without an exponent.</summary>
    /// <param name="secret">What salts are made of.</param>
    /// <param name="thing">Whose fact it is.</param>
    /// <param name="version">The version it led to.</param>
    /// <param name="type">What it is stored as.</param>
    /// <param name="fact">Its JSON.</param>
    public static IReadOnlyList<FactMember> MembersOf(byte[] secret, Guid thing, long version, string type, JsonElement fact)
    {
        var members = fact.EnumerateObject().Select(member => Member(member.Name, writer => Write(writer, member.Value)))
            .Append(Member(Type, writer => writer.WriteStringValue(type))).ToArray();
        Array.Sort(members, (one, other) => string.CompareOrdinal(one.Name, other.Name));
        return members;

        FactMember Member(string name, Action<Utf8JsonWriter> value) => new(
            name, HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{thing} {version} {name}")))[..SaltBytes], TextOf(name, value));
    }

    private static string TextOf(string name, Action<Utf8JsonWriter> value)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, Plain))
        {
            writer.WriteStartObject();
            writer.WritePropertyName(name);
            value(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.WrittenSpan[1..^1]);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in value.EnumerateArray())
                    Write(writer, element);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            case JsonValueKind.Number when value.GetRawText() is var number:
                // The database writes 1E+3 as 1000.
                writer.WriteRawValue(number.Contains('e', StringComparison.OrdinalIgnoreCase) ? value.GetDecimal().ToString(CultureInfo.InvariantCulture) : number, skipInputValidation: true);
                break;
            default:
                writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
                break;
        }
    }
}
