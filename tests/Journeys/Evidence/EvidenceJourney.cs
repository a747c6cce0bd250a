using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Cases;
using OneDoor.Contracts;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Evidence;

/// <summary>What an agency or an applicant can prove without taking the platform's word for it.</summary>
public sealed class EvidenceJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    [Fact]
    public async Task What_was_signed_for_is_in_the_chain_and_in_the_log_as_other_peoples_software_finds()
    {
        var older = await Checkpoint();
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var accepted = (await @case.Accept(Lead)).Must(200);
        var proof = await Included(@case.Id, platform.As(CaseJourney.Submitter));

        var (exit, said, errors) = await OutsideTool.Run("evidence.mjs", platform.Api.Address.AbsoluteUri, accepted.Header("OneDoor-Receipt")!, proof.GetRawText(), older);

        Assert.True(exit == 0, errors);
        Assert.Equal("receipt onedoor-receipt case version digest at includedBy\nchain 3 opened personal\nincluded 3 of 3\nincluded by its receipt\nconsistent\n", said);
    }

    [Fact]
    public async Task Every_answer_to_a_command_is_signed_for_and_a_repeated_one_again()
    {
        var submitter = platform.As(CaseJourney.Submitter);
        (string, string) key = ("Idempotency-Key", $"receipt-{platform.Now.Ticks}");
        var application = Applications.For(Applications.Plain);
        var (first, again) = ((await submitter.Post("/v1/cases", application, key)).Must(201), (await submitter.Post("/v1/cases", application, key)).Must(201));
        var id = first.Json.Text("id");
        var accepted = (await platform.As(Lead).Post($"/v1/cases/{id}/acceptance", null, ("If-Match", first.ETag))).Must(200);
        (await platform.As(Lead).Post($"/v1/cases/{id}/acceptance", null, ("If-Match", first.ETag))).Must(412);

        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        var (given, repeated, second) = (Opened(first), Opened(again), Opened(accepted));
        Assert.Equal(given.GetRawText(), repeated.GetRawText());
        Assert.Equal((id, 1, 3), (given.Text("case"), given.GetProperty("version").GetInt32(), second.GetProperty("version").GetInt32()));
        Assert.Equal(first.Json.Instant("submittedAt"), given.Instant("at"));
        Assert.Equal(given.Instant("at").AddHours(1), given.Instant("includedBy"));
        var proof = (await submitter.Get($"/v1/cases/{id}/proof")).Must(200).Json;
        Assert.Equal([given.Text("digest"), second.Text("digest")], new[] { proof.List("facts")[0], proof.List("facts")[2] }.Select(f => f.Text("digest")));
        Assert.Equal(second.Text("digest"), proof.Text("head"));
        // What is promised is still to come, also of what does not say when it was.
        var filed = new { about = new { hall = "airport" }, text = "等了两个小时。", anonymous = true };
        (string, string) own = ("Idempotency-Key", $"receipt-of-nobody-{platform.Now.Ticks}");
        var (unnamed, once) = (Opened((await platform.Anybody.Post("/v1/complaints", filed, own)).Must(201)), Opened((await platform.Anybody.Post("/v1/complaints", filed, own)).Must(201)));
        Assert.InRange(unnamed.Instant("includedBy"), platform.Now, platform.Now.AddHours(25));
        Assert.Equal(unnamed.GetRawText(), once.GetRawText());
    }

    [Fact]
    public async Task GraphQL_gives_the_same()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var answered = await platform.As(Lead).Ask($"mutation {{ acceptCase(id: \"{@case.Id}\", version: 1) {{ case {{ version }} receipt problem {{ code }} }} }}");
        var refused = await platform.As(Lead).Ask($"mutation {{ acceptCase(id: \"{@case.Id}\", version: 1) {{ receipt problem {{ code }} }} }}");
        var proof = await Included(@case.Id, platform.As(Lead));

        var asked = await platform.As(Lead).Ask($$"""
            { caseProof(id: "{{@case.Id}}") { version facts { version digest factDigest members { digest salt text } personal { salt text } } head log { leaf } } logCheckpoint logConsistency(from: 1, to: 2) { from to consistencyPath } }
            """);

        Assert.Equal(proof.Text("head"), Payload(answered.GetProperty("acceptCase").Text("receipt")).Text("digest"));
        Assert.True(refused.GetProperty("acceptCase").IsNull("receipt"));
        Assert.Equal(proof.GetProperty("facts").GetRawText(), asked.GetProperty("caseProof").GetProperty("facts").GetRawText());
        Assert.Equal(proof.GetProperty("log").Text("leaf"), asked.GetProperty("caseProof").GetProperty("log").Text("leaf"));
        Assert.StartsWith("onedoor.example/log\n", asked.Text("logCheckpoint"), StringComparison.Ordinal);
        Assert.Equal((await platform.Anybody.Get("/v1/log/consistency?from=1&to=2")).Must(200).Json.GetRawText(), asked.GetProperty("logConsistency").GetRawText());
        Assert.True((await platform.As(Department.Fire).Ask($"{{ caseProof(id: \"{@case.Id}\") {{ head }} }}")).IsNull("caseProof"));
    }

    [Fact] // whatever it is about, also what nobody signed in for
    public async Task Who_holds_a_receipt_finds_what_it_says_in_the_log_and_nobody_else_finds_anything()
    {
        var receipt = Opened((await platform.Anybody.Post("/v1/complaints", new { about = new { hall = "airport" }, text = "等了两个小时。", anonymous = true })).Must(201));
        var (complaint, digest) = (receipt.Text("complaint"), receipt.Text("digest"));
        string Path(string thing, object version, string of) => $"/v1/log/inclusion?thing={thing}&version={version}&digest={of}";
        Answered found = null!;
        await RunningPlatform.Until(async () => (found = await platform.Anybody.Get(Path(complaint, 1, digest))).Status == 200, "the log has the complaint");

        Assert.Equal($"{complaint} 1 {digest}", found.Json.Text("leaf"));
        Assert.Equal("no-store", found.Header("Cache-Control"));
        var query = $$"""query($digest: String!, $version: Int!) { logInclusion(thing: "{{complaint}}", version: $version, digest: $digest) { leafIndex leaf } }""";
        async Task<JsonElement> Asked(int version) => (await platform.Anybody.Post("/graphql", new { query, variables = new { digest, version } })).Must(200).Json.GetProperty("data").GetProperty("logInclusion");
        Assert.Equal(found.Json.GetProperty("leafIndex").GetInt64(), (await Asked(1)).GetProperty("leafIndex").GetInt64());
        Assert.Equal(JsonValueKind.Null, (await Asked(2)).ValueKind);
        foreach (var other in new[] { Path(complaint, 2, digest), Path(complaint, 1, $"{digest[..^1]}{(digest[^1] == '0' ? '1' : '0')}"), Path($"{Guid.Empty}", 1, digest) })
            (await platform.Anybody.Get(other)).Refuses(404, "log.no-such-entry");
        foreach (var wrong in new[] { Path("case", 1, digest), Path(complaint, 0, digest), Path(complaint, 1, digest[8..]), Path(complaint, 1, $"{digest}00"), Path(complaint, 1, $"{digest[..^1]}g") })
            (await platform.Anybody.Get(wrong)).Refuses(400, "request.parameter-invalid");
    }

    [Fact] // SIGHT-1, JOINT-3
    public async Task Who_may_see_a_member_can_open_it_and_nobody_else()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        await @case.Grant((Lead, "licence"));

        var (whole, lead, tax) = (await Facts(CaseJourney.Submitter), await Facts(Lead), await Facts(Department.Tax));

        // Its own submission the submitter opens to the last member, with the personal data that lies beside it.
        Assert.DoesNotContain(whole[0].List("members"), m => m.IsNull("text"));
        Assert.Contains("/contact/phone", whole[0].GetProperty("personal").Text("text"), StringComparison.Ordinal);
        // Of what an officer did nobody else learns by which account.
        Assert.All(whole.Skip(1).Concat(lead[..1]), fact => Assert.DoesNotContain(Texts(fact), text => text.StartsWith("\"by\"", StringComparison.Ordinal)));
        Assert.Contains("\"$type\":\"case_accepted\"", Texts(whole[1]));
        // A department has only a share of what was submitted: what that is of, and what it says apart from it, stays closed to it.
        Assert.All(new[] { lead[0], tax[0] }, fact => Assert.DoesNotContain(Texts(fact), text => text.StartsWith("\"plan\"", StringComparison.Ordinal)));
        Assert.True(tax[0].IsNull("personal"));
        var decided = Array.FindIndex(whole, fact => Texts(fact).Contains("\"$type\":\"step_granted\""));
        Assert.Empty(tax[decided].List("members"));
        Assert.NotEmpty(lead[decided].List("members"));
        // The digests are the same for everybody.
        Assert.All(new[] { lead, tax }, facts => Assert.Equal(whole.Select(f => f.Text("digest")), facts.Select(f => f.Text("digest"))));
        (await platform.As(Department.Fire).Get($"{@case.Path}/proof")).Refuses(404, "case.not-found");

        async Task<JsonElement[]> Facts(Department reader) => (await platform.As(reader).Get($"{@case.Path}/proof")).Must(200).Json.List("facts");
    }

    [Fact]
    public async Task The_log_is_anybodys_to_watch()
    {
        var answered = (await platform.Anybody.Get("/v1/log/checkpoint")).Must(200);
        var size = Evidence.Checkpoint.Read(answered.Text)!.Value.Says.Size;

        Assert.Equal("text/plain; charset=utf-8", answered.Header("Content-Type"));
        Assert.Empty((await platform.Anybody.Get("/v1/log/consistency")).Must(200).Json.List("consistencyPath"));
        (await platform.Anybody.Get("/v1/log/consistency?from=2&to=1")).Refuses(400, "request.parameter-invalid");
        (await platform.Anybody.Get("/v1/log/consistency?from=-1")).Refuses(400, "request.parameter-invalid");
        (await platform.Anybody.Get($"/v1/log/consistency?to={size + 1_000_000}")).Refuses(400, "request.parameter-invalid");
        var key = Assert.Single((await platform.Anybody.Get("/.well-known/jwks.json")).Must(200).Json.List("keys"), k => k.Text("kty") == "OKP");
        Assert.StartsWith("onedoor.example/log+", key.Text("kid"), StringComparison.Ordinal);
    }

    [Fact] // decision 0062: whoever signs goes on from what was signed last
    public async Task Two_processes_never_sign_heads_that_contradict_each_other_though_one_is_killed()
    {
        await using var database = await platform.Template.Copy();
        (string, string)[] settings =
        [
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("Authentication__Authority", platform.Identity.Address.OriginalString), ("Store__ClockToleranceSeconds", "1000000000"),
        ];
        using var first = ChildProcess.Api(database.Connection, Port.Free(), settings);
        await first.Ready();
        using var second = ChildProcess.Api(database.Connection, Port.Free(), settings);
        await second.Ready();
        List<string> heads = [];
        List<string> submitted = [];
        var killed = false;
        Client At(ChildProcess process) => platform.As(Lead, $"{Scopes.CasesSubmit} {Scopes.CasesRead}", process.Http, TimeProvider.System);

        for (var round = 0; round < 16; round++)
        {
            if (round == 8)
            {
                await first.Kill();
                killed = true;
            }
            foreach (var process in killed ? [second] : new[] { first, second })
            {
                submitted.Add((await At(process).Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Json.Text("id"));
                heads.Add((await At(process).Get("/v1/log/checkpoint")).Must(200).Text);
            }
            // So that there are several heads, however quickly it goes.
            if (round % 4 == 3)
            {
                await RunningPlatform.Until(async () => Leaf((await At(second).Get($"/v1/cases/{submitted[^1]}/proof")).Must(200).Json) is not null, "the last case is in the log", () => second.Output);
                heads.Add((await At(second).Get("/v1/log/checkpoint")).Must(200).Text);
            }
        }

        var signed = heads.Distinct().Select(head => Evidence.Checkpoint.Read(head)!.Value.Says).OrderBy(head => head.Size).ToArray();
        Assert.True(signed.Length > 2, string.Join('\n', heads));
        Assert.Equal(signed.Length, signed.Select(head => head.Size).Distinct().Count());
        Assert.Equal(submitted.Count, await database.Count($"select count(distinct stream_id) from onedoor.log_entries where stream_id in ('{string.Join("', '", submitted)}')"));
        var entries = await Entries(database);
        Assert.Equal(await database.Count("select count(*) from onedoor.mt_events"), entries.Length);
        Assert.All(signed, head => Assert.Equal(head.Root, head.Size == 0 ? MerkleTree.Empty : Root(entries[..(int)head.Size])));
    }

    private static async Task<byte[][]> Entries(Database database)
    {
        await using var connection = new Npgsql.NpgsqlConnection(database.Connection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new Npgsql.NpgsqlCommand("select l.stream_id, l.version, l.digest from onedoor.log_entries l order by position", connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<byte[]> hashes = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            hashes.Add(new LogEntry(reader.GetGuid(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)).Hash);
        return [.. hashes];
    }

    // By the definition of RFC 9162.
    private static byte[] Root(byte[][] hashes)
    {
        if (hashes.Length == 1)
            return hashes[0];
        var left = 1;
        while (left * 2 < hashes.Length)
            left *= 2;
        return MerkleTree.HashOf(Root(hashes[..left]), Root(hashes[left..]));
    }

    private async Task<string> Checkpoint()
    {
        await RunningPlatform.Until(async () => Evidence.Checkpoint.Read((await platform.Anybody.Get("/v1/log/checkpoint")).Must(200).Text)!.Value.Says.Size > 2, "the log has begun");
        return (await platform.Anybody.Get("/v1/log/checkpoint")).Must(200).Text;
    }

    // The proof once the log has the newest fact.
    private static async Task<JsonElement> Included(string id, Client reader)
    {
        JsonElement proof = default;
        await RunningPlatform.Until(async () =>
        {
            proof = (await reader.Get($"/v1/cases/{id}/proof")).Must(200).Json;
            return Leaf(proof) == $"{id} {proof.GetProperty("version").GetInt32()} {proof.Text("head")}";
        }, "the log has the case");
        return proof;
    }

    private static string? Leaf(JsonElement proof) => proof.IsNull("log") ? null : proof.GetProperty("log").Text("leaf");

    private static IEnumerable<string> Texts(JsonElement fact) => fact.List("members").Where(m => !m.IsNull("text")).Select(m => m.Text("text"));

    private static JsonElement Opened(Answered answered) => Payload(answered.Header("OneDoor-Receipt")!);

    private static JsonElement Payload(string receipt) => JsonElement.Parse(Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(receipt.Split('.')[1])));
}
