using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit;

namespace OneDoor.Evidence;

/// <summary>What the chain of a thing's facts is over.</summary>
public sealed class FactChainTests
{
    private static readonly byte[] Secret = [1, 2, 3];
    private static readonly Guid Case = Guid.Parse("019e5f0a-5a00-7000-8000-000000000001");

    [Fact] // as the database writes it: other order, white space and numbers
    public void A_fact_has_one_digest_however_it_is_written()
    {
        const string written = """{"at":"2026-11-23T01:30:00+00:00","plan":{"item":"LAND","version":1E+3,"fee":1.50},"steps":[{"b":null,"a":true}],"text":"\u4f60<\"𠮷"}""";
        const string stored = """{"at": "2026-11-23T01:30:00+00:00", "plan": {"fee": 1.50, "item": "LAND", "version": 1000}, "text": "你<\"𠮷", "steps": [{"a": true, "b": null}]}""";

        Assert.Equal(DigestOf(written), DigestOf(stored));
        Assert.Equal(["\"$type\":\"case_submitted\"", "\"at\":\"2026-11-23T01:30:00+00:00\"", "\"plan\":{\"fee\":1.50,\"item\":\"LAND\",\"version\":1000}", "\"steps\":[{\"a\":true,\"b\":null}]", "\"text\":\"你<\\\"\\uD842\\uDFB7\""], Members(written).Select(m => m.Text));
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"b":1}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":"1"}""", """{"a":1}""")]
    [InlineData("""{"a":1}""", """{"a":1,"b":null}""")]
    public void Whatever_is_changed_changes_it(string one, string other) => Assert.NotEqual(DigestOf(one), DigestOf(other));

    [Fact]
    public void The_type_is_in_it() =>
        Assert.NotEqual(FactChain.DigestOf(Members("""{"a":1}""")), FactChain.DigestOf(FactChain.MembersOf(Secret, Case, 1, "case_accepted", Parsed("""{"a":1}"""))));

    [Fact] // who may not see a member finds nothing out by trying, nor that two facts say the same
    public void The_same_member_has_another_digest_in_every_fact()
    {
        byte[] Of(Guid thing, long version, byte[] secret) => FactChain.MembersOf(secret, thing, version, "case_submitted", Parsed("""{"a":1}"""))[1].Digest;

        byte[][] digests = [Of(Case, 1, Secret), Of(Case, 2, Secret), Of(Guid.Parse("019e5f0a-5a00-7000-8000-000000000002"), 1, Secret), Of(Case, 1, [1, 2, 4])];
        Assert.Equal(4, digests.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact] // as docs/API.md tells others to
    public void A_member_is_opened_by_its_salt_and_text_alone()
    {
        var members = Members("""{"a":1,"b":"你"}""");

        foreach (var member in members)
            Assert.Equal(SHA256.HashData([.. member.Salt, .. Encoding.UTF8.GetBytes(member.Text)]), member.Digest);
        Assert.Equal(SHA256.HashData([.. members[0].Digest, .. members[1].Digest, .. members[2].Digest]), FactChain.DigestOf(members));
    }

    [Fact]
    public void A_link_is_over_all_that_went_before()
    {
        var (first, second) = (DigestOf("""{"a":1}"""), DigestOf("""{"a":2}"""));

        Assert.Equal(SHA256.HashData([.. new byte[32], .. first]), FactChain.Next(FactChain.Beginning, first));
        Assert.NotEqual(FactChain.Next(FactChain.Next(FactChain.Beginning, first), second), FactChain.Next(FactChain.Next(FactChain.Beginning, second), first));
    }

    private static byte[] DigestOf(string fact) => FactChain.DigestOf(Members(fact));

    private static IReadOnlyList<FactMember> Members(string fact) => FactChain.MembersOf(Secret, Case, 1, "case_submitted", Parsed(fact));

    private static JsonElement Parsed(string json) => JsonDocument.Parse(json).RootElement;
}
