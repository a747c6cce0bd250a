using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;
using OneDoor.Catalogue;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CASE-8: what is stored comes back as it was, with the store's options: the platform's JSON, nulls left out.</summary>
public class StoredJson
{
    private static readonly JsonSerializerOptions Options = PlatformJson.Configure(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    static StoredJson()
    {
        Options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip;
        Options.RespectRequiredConstructorParameters = false;
    }

    internal static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);

    /// <summary>What is read of it when it was stored.</summary>
    internal static T Stored<T>(T value) where T : notnull => (T)JsonSerializer.Deserialize(Write(value), value.GetType(), Options)!;

    private static void AssertComesBack(object value) => Assert.Equal(Write(value), Write(Stored(value)));

    [Fact] // CASE-8
    public void Every_fact_and_state_of_any_case_comes_back() => Walks.Cases.Sample(spec =>
    {
        foreach (var fact in spec.Facts)
            AssertComesBack(fact);
        AssertComesBack(spec.Case);
    });

    [Fact] // CASE-8: members that may be null are left out, and read as null again
    public void Facts_come_back_without_what_they_do_not_say()
    {
        var spec = CaseSpec.Submitted(Plain).At("2020-07-09 09:00").Given(Ask.WithdrawCase(Agency, null));
        var deemed = JsonSerializer.Deserialize<CaseAccepted>(Write(spec.Facts[1]), Options)!;

        Assert.DoesNotContain("\"by\"", Write(spec.Facts[1]), StringComparison.Ordinal);
        Assert.Null(deemed.By);
        Assert.True(deemed.Deemed);
    }

    [Fact] // CASE-8
    public void Every_type_of_fact_comes_back()
    {
        var facts = Stories.SelectMany(s => s.Facts).ToArray();

        Assert.All(facts, AssertComesBack);
        var all = typeof(CaseFact).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CaseFact)));
        Assert.Equal([], all.Except(facts.Select(f => f.GetType())));
    }

    [Fact] // CASE-8, CLK-4: a filing is never extended, however its plan is kept
    public void A_plan_that_knows_no_extension_comes_back_without_one() =>
        Assert.Null(Stored(CasePlan.Of(Plain with { Act = Act.Filing }, 1)).Extension);

    [Fact] // CASE-8: what a case is found by is stored with it
    public void Computed_members_are_written_and_not_read()
    {
        var written = Write(CaseSpec.Licensed().Case);

        const string Wake = "\"wakeAt\":\"2020-";
        Assert.Contains(Wake, written, StringComparison.Ordinal);
        var forged = written.Replace(Wake, "\"wakeAt\":\"2021-", StringComparison.Ordinal);
        Assert.Equal(written, Write(JsonSerializer.Deserialize<Case>(forged, Options)!));
    }

    [Fact] // CASE-8: stored JSON outlives the code that wrote it
    public void A_member_of_the_past_is_skipped()
    {
        var written = Write(CaseSpec.Accepted().Case);

        Assert.Equal(written, Write(JsonSerializer.Deserialize<Case>(written.Insert(1, "\"formerly\":1,"), Options)!));
    }
}
