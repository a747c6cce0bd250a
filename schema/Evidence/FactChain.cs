using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OneDoor.Evidence;

/// <summary>A member of a fact, as the fact's digest takes it in.</summary>
/// <param name="Name">The member's; <see cref="FactChain.Type"/> for the fact's type.</param>
/// <param name="Salt">Whoever is not shown it finds out nothing by trying values.</param>
/// <param name="Json">The member as JSON in UTF-8, its name included: <c>"step":"review"</c>.</param>
public sealed record FactMember(string Name, byte[] Salt, byte[] Json)
{
    /// <summary>The member as JSON.</summary>
    public string Text => Encoding.UTF8.GetString(Json);

    /// <summary>SHA-256 over the salt and the JSON.</summary>
    public byte[] Digest => SHA256.HashData([.. Salt, .. Json]);
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

    private const int SaltBytes = 16, UsualMember = 1024;

    // As it is stored and not only as it may be written: an escape more would be another text.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>What the first fact follows.</summary>
    public static byte[] Beginning => new byte[SHA256.HashSizeInBytes];

    /// <summary>The link that follows.</summary>
    /// <param name="previous">The one before.</param>
    /// <param name="fact">The fact's own digest.</param>
    public static byte[] Next(byte[] previous, byte[] fact) => SHA256.HashData([.. previous, .. fact]);

    /// <summary>A fact's own digest: SHA-256 over the digests of its members.</summary>
    public static byte[] DigestOf(IEnumerable<FactMember> members)
    {
        var digests = new ArrayBufferWriter<byte>(UsualMember);
        foreach (var member in members)
            digests.Write(member.Digest);
        return SHA256.HashData(digests.WrittenSpan);
    }

    /// <summary>A fact's members by ordinal order of their names, each written in one way only: without white space, objects in order, numbers without an exponent.</summary>
    /// <param name="secret">What salts are made of.</param>
    /// <param name="thing">Whose fact it is.</param>
    /// <param name="version">The version it led to.</param>
    /// <param name="type">What it is stored as.</param>
    /// <param name="fact">Its JSON.</param>
    public static IReadOnlyList<FactMember> MembersOf(byte[] secret, Guid thing, long version, string type, JsonElement fact)
    {
        // Of every fact that is stored, twice: one buffer and one writer do for all its members.
        var text = new ArrayBufferWriter<byte>(UsualMember);
        using var writer = new Utf8JsonWriter(text, Plain);
        using var salts = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        List<FactMember> members = [];
        foreach (var member in fact.EnumerateObject())
            Add(member.Name, member.Value);
        Add(Type, null);
        members.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        return members;

        void Add(string name, JsonElement? value)
        {
            text.ResetWrittenCount();
            writer.Reset();
            writer.WriteStartObject();
            writer.WritePropertyName(name);
            if (value is { } given)
                Write(writer, given);
            else
                writer.WriteStringValue(type);
            writer.WriteEndObject();
            writer.Flush();
            salts.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{thing} {version} {name}")));
            members.Add(new(name, salts.GetHashAndReset()[..SaltBytes], text.WrittenSpan[1..^1].ToArray()));
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                var members = value.EnumerateObject().Select(member => (member.Name, member.Value)).ToArray();
                Array.Sort(members, static (one, other) => string.CompareOrdinal(one.Name, other.Name));
                foreach (var (name, of) in members)
                {
                    writer.WritePropertyName(name);
                    Write(writer, of);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in value.EnumerateArray())
                    Write(writer, element);
                writer.WriteEndArray();
                break;
            // The database writes 1E+3 as 1000.
            case JsonValueKind.Number when JsonMarshal.GetRawUtf8Value(value).ContainsAny((byte)'e', (byte)'E'):
                writer.WriteRawValue(value.GetDecimal().ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
