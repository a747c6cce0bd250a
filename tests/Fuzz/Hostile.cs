using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneDoor.Fuzz;

/// <summary>Values that programs trip over.</summary>
public static class Hostile
{
    private static readonly string[] Texts =
    [
        "", " ", "\t\r\n", "\u0000", "a\u0000b", "\u007f", "\u0085", "\u200b\u202e\u2066", "\ufeff", "\ufffe\uffff", "𠮷𡈽", "e\u0301\u0327", "İıſK", "٣", "買買提·吐爾遜",
        "'; drop table mt_events; --", "%s%n%x", "${jndi:ldap://127.0.0.1}", "{{7*7}}", "../../../../etc/passwd", "<script>alert(1)</script>", "null", "undefined",
        "true", "-1", "1e309", "sha-256:" + new string('f', 64), "sha-256:" + new string('G', 64), "ESTABLISHMENT", "SAMR-033", "licence", "invoices", "airport",
        "articles-of-association", "91120118MA06WRRW42", "11010519491231002X", "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "2026-03-09T10:00:00",
        "9999-12-31T23:59:59.9999999+14:00", "0001-01-01T00:00:00-14:00", "2026-03-09T10:00:60Z", "2016-12-31T23:59:60Z", "2026-03-09T10:00:00.123456789012345678Z",
        "legal-entity", "person", "granted", "refused", "upward", "department", "item", "hearing", "working-days", "hall-hours", "agency", "window", "tax",
        "00000000-0000-0000-0000-000000000000", "01890000-0000-7000-8000-000000000000", "{01890000-0000-7000-8000-000000000000}",
    ];

    // What stands where a value should, in JSON or nearly so.
    private static readonly string[] Tokens =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "5", "11", "0.1", "1.0", "1e2", "2147483648", "-2147483649", "9223372036854775808", "18446744073709551616",
        "79228162514264337593543950336", "0.00000000000000000000000000000001", "1e400", "-1e400", "1e-400", "01", "+1", ".5", "1.", "0x10", "NaN", "Infinity", "{}", "[]", "[null]",
        "{\"\":{}}", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\x\"", "\"\\u12\"", "\"", "'a'", "undefined", "", ",", "/**/1", "{\"$type\":\"System.Object\"}",
        "{\"__proto__\":{}}", "[[],[[]]]",
    ];

    private static readonly string[] Segments =
    [
        "0", "-1", "1", "2", "2147483648", "99999999999999999999", "%00", "%ED%A0%80", "%zz", "%", "a%2Fb", "%2e%2e", "..%2f..", "%E5%8A%9E%E4%BB%B6", "%F0%9F%9A%AA", "{id}", ";v=1",
        "+", "%20", "~", "licence", "invoices", "no-such-step", "00000000-0000-0000-0000-000000000000", "01890000-0000-7000-8000-000000000000", "%0d%0aX-Injected:1", "ESTABLISHMENT",
        "SAMR-033", "establishment", "a?b", "*", "%25", "'%20or%201=1",
    ];

    private static readonly string[] HeaderValues =
    [
        "", " ", "\"", "\"\"", "*", "\"1\"", "W/\"1\"", "\"1\", \"2\"", "\"1\"\"2\"", ",,,", ";q=2", "zh;q=0.5, en;q=zz", "é", "中", "\u0001", "a\tb", "-1", "99999999999999999999", "true",
        "text/html", "application/xml", "*/*;q=0", "gzip", "00-00000000000000000000000000000000-0000000000000000-00", "00-zz", "a=b;c=d", "bytes=0-1", "Thu, 01 Jan 1970 00:00:00 GMT",
        "127.0.0.1", "100-continue",
    ];

    public static T Pick<T>(this Random random, IReadOnlyList<T> list) => list[random.Next(list.Count)];

    /// <summary>Happens once in so many times.</summary>
    public static bool Once(this Random random, int inTimes) => random.Next(inTimes) == 0;

    public static string Text(Random random) => random.Next(20) switch
    {
        0 => new string('長', random.Next(1, 5000)),
        1 => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => char.ConvertFromUtf32(random.Next(1, 0xD800)))),
        _ => random.Pick(Texts),
    };

    /// <summary>What may stand in JSON in the place of a value.</summary>
    public static string Json(Random random) => random.Next(30) switch
    {
        0 => new string('[', 1) + string.Concat(Enumerable.Repeat("[", random.Next(1, 3000))),
        1 or 2 => Nested(random.Next(1, 80)),
        3 => new string('9', random.Next(1, 500)),
        4 when random.Once(8) => $"\"{new string('x', 1_100_000)}\"",
        < 14 => random.Pick(Tokens),
        _ => JsonSerializer.Serialize(Text(random)),
    };

    /// <summary>A segment of a path, or a value of a query, as it stands in the request line.</summary>
    public static string Segment(Random random) => random.Next(6) switch
    {
        0 => Uri.EscapeDataString(Text(random)),
        1 => new string('a', random.Next(1, 1500)),
        _ => random.Pick(Segments),
    };

    public static string Header(Random random) => random.Once(10) ? new string('a', random.Next(1, 6000)) : random.Pick(HeaderValues);

    /// <summary>JSON with some of its values exchanged. It is text, for much of it no serializer would write.</summary>
    public static string Changed(Random random, JsonNode? json, int changes)
    {
        var chosen = Enumerable.Range(0, changes).Select(_ => random.Next(Size(json))).ToHashSet();
        var place = 0;
        return Write(json);

        string Write(JsonNode? node)
        {
            var here = place++;
            var parts = node switch
            {
                JsonObject o => o.Select(m => $"{JsonSerializer.Serialize(m.Key)}:{Write(m.Value)}").ToList(),
                JsonArray a => a.Select(Write).ToList(),
                _ => null,
            };
            if (parts is null)
                return chosen.Contains(here) ? Json(random) : node?.ToJsonString() ?? "null";
            if (chosen.Contains(here))
                Change(random, parts, isObject: node is JsonObject);
            var inner = string.Join(',', parts);
            return random.Once(15) && chosen.Contains(here) ? Json(random) : node is JsonObject ? $"{{{inner}}}" : $"[{inner}]";
        }
    }

    private static void Change(Random random, List<string> parts, bool isObject)
    {
        switch (random.Next(4))
        {
            case 0 when parts.Count > 0:
                parts.RemoveAt(random.Next(parts.Count));
                break;
            case 1 when parts.Count > 0:
                parts.AddRange(Enumerable.Repeat(parts[0], isObject ? 1 : random.Next(1, 300)));
                break;
            default:
                parts.Add(isObject ? $"{JsonSerializer.Serialize(Text(random))}:{Json(random)}" : Json(random));
                break;
        }
    }

    /// <summary>Bytes that are no longer what they were.</summary>
    public static byte[] Damaged(Random random, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        switch (random.Next(7))
        {
            case 0:
                return bytes[..random.Next(bytes.Length + 1)];
            case 1 when bytes.Length > 0:
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
            case 2:
                return [0xEF, 0xBB, 0xBF, .. bytes];
            case 3:
                return Encoding.Unicode.GetBytes(text);
            case 4:
                return [.. bytes, .. bytes];
            case 5:
                return [.. bytes, .. Encoding.UTF8.GetBytes(new string(' ', random.Once(3) ? 1_000_001 : random.Next(1, 5000)))];
            default:
                random.NextBytes(bytes);
                return bytes;
        }
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":[", depth)) + string.Concat(Enumerable.Repeat("]}", depth));

    private static int Size(JsonNode? node) => 1 + (node switch
    {
        JsonObject o => o.Sum(m => Size(m.Value)),
        JsonArray a => a.Sum(Size),
        _ => 0,
    });
}
