using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Contracts;
using OneDoor.Platform;
using Xunit;

[assembly: AssemblyFixture(typeof(RunningPlatform))]

namespace OneDoor.Fuzz;

/// <summary>Whatever is asked, what is answered is documented; and enough was asked for that to mean something.</summary>
public sealed class FuzzTests(FuzzRun run, RunningPlatform platform) : IClassFixture<FuzzRun>
{
    private const double MegabytesMore = 16, MegabytesOfLargeObjects = 128;

    // A process remembers cases on purpose, up to 20,000 of them (docs/decisions/0008).
    private const double MegabytesPerCase = 0.004;
    private const int FewestRefused = 200;

    [Fact]
    public void Nothing_fails_and_nothing_is_answered_that_is_not_documented() => Assert.True(run.IsClean, run.Findings);

    [Fact]
    public void Every_operation_was_done_and_every_field_was_answered()
    {
        Assert.Empty(run.Operations.Where(operation => run.Times(operation.Id, status => status is >= 200 and < 300) == 0).Select(operation => operation.Id));
        Assert.Empty(GraphQlRequests.Fields.Except(run.Answered));
        Assert.True(run.Times("POST /connect/token", status => status == 200) > 0);
    }

    [Fact]
    public async Task Every_command_that_is_a_fact_is_signed_for_and_other_peoples_software_verifies_it()
    {
        // What is no fact: files on their way, and that one has read something.
        string[] none = ["uploadFile", "createUpload", "readNotification"];
        var commands = run.Operations.Where(operation => operation.Parameters("header").Contains(Idempotency.Header)).Select(operation => operation.Id!);

        Assert.Equal(commands.Except(none).Order(StringComparer.Ordinal), run.Receipts.Keys);
        var (exit, said, errors) = await OutsideTool.Run("evidence.mjs", platform.Api.Address.AbsoluteUri, string.Join(',', run.Receipts.Values));
        Assert.True(exit == 0, errors);
        Assert.All(said.Trim().Split('\n'), line => Assert.Matches("^receipt onedoor-receipt [a-zA-Z]+ version digest at includedBy$", line));
        Assert.Equal(run.Receipts.Count, said.Trim().Split('\n').Length);
    }

    [Fact]
    public void Connections_went_on_or_were_closed_for_many_reasons() => Assert.True(run.Conversations.GetValueOrDefault(0) > 0 && run.Conversations.Count > 2);

    [Fact]
    public void Much_was_refused() => Assert.True(run.Times(null, status => status is >= 400 and < 500) > FewestRefused);

    /// <summary>The judge is no yes-man: the documented examples are right, and whatever is changed of them is noticed.</summary>
    [Fact]
    public void Answers_other_than_the_documented_ones_are_noticed()
    {
        foreach (var operation in run.Operations)
        {
            // What is no JSON, and JSON that another standard describes, is held to more than this elsewhere.
            var described = operation.Responses.Where(r => r.Key[0] == '2').Select(r => r.Value["content"]?["application/json"]).FirstOrDefault(json => json is not null);
            if (described is null || operation.Resolve(described["schema"]!).AsObject() is { Count: 1 })
                continue;
            Assert.Empty(JsonSchema.Differences(operation, described["schema"]!, JsonSerializer.SerializeToElement(described["example"])));
            foreach (var member in described["example"]!.AsObject().Select(m => m.Key))
            {
                var wrong = described["example"]!.DeepClone().AsObject();
                wrong[member] = new JsonArray(new JsonArray(7)); // nothing is a list of lists
                Assert.NotEmpty(JsonSchema.Differences(operation, described["schema"]!, JsonSerializer.SerializeToElement(wrong)));
                wrong.Remove(member);
                wrong[member + "x"] = 1;
                Assert.NotEmpty(JsonSchema.Differences(operation, described["schema"]!, JsonSerializer.SerializeToElement(wrong)));
            }
        }
    }

    [Fact]
    public void Memory_stays_flat()
    {
        Assert.InRange(run.Memory.After.Small - run.Memory.Before.Small, double.MinValue, MegabytesMore + (run.Cases * MegabytesPerCase));
        Assert.InRange(run.Memory.After.Large, 0, MegabytesOfLargeObjects);
    }
}
