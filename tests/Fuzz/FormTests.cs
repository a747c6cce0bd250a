using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Fuzz;

/// <summary>Every item's form, asked as its published schema says and otherwise (CAT-7, CASE-11), for a tenth of <c>FUZZ_SECONDS</c> and once of some forms at least.</summary>
public sealed class FormTests(RunningPlatform platform)
{
    private const int FewestForms = 30, WrongOfEach = 2;

    private readonly List<string> _findings = [];

    [Fact]
    public async Task What_a_schema_takes_is_taken_and_whatever_else_is_refused_at_its_place_and_leaves_nothing()
    {
        var random = new Random(FuzzRun.Seed);
        var submitter = platform.As(CaseJourney.Submitter);
        var items = CatalogueData.Zone().Where(item => !item.Confidential && !item.IsEnded(DateOnly.MaxValue)).ToArray();
        random.Shuffle(items);
        // One of each form first.
        items = [.. items.DistinctBy(item => item.Form), .. items];
        var (taken, refused, drawn) = (0, 0, 0);
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < FewestForms || watch.Elapsed.TotalSeconds < FuzzRun.Seconds / 10.0; n++)
        {
            var item = items[n % items.Length].Code;
            var form = await platform.Anybody.Get($"/v1/catalogue/items/{item}/form");
            if (form.Status == 404)
                continue;
            var application = JsonNode.Parse((await platform.Anybody.Get($"/v1/catalogue/items/{item}/example")).Must(200).Text)!.AsObject();
            var documents = new FormDocuments(random, JsonNode.Parse(form.Text)!.AsObject());
            var right = documents.Right();
            drawn += JsonNode.DeepEquals(right, application["form"]) ? 0 : 1;
            taken += await Takes(submitter, application, right);
            var facts = await platform.Database.Facts();
            for (var i = 0; i < WrongOfEach; i++)
                refused += await Refuses(submitter, application, documents.Wrong(right));
            if (await platform.Database.Facts() != facts)
                _findings.Add($"{item}: something was recorded of what was refused");
        }
        Console.WriteLine($"Forms: {taken} answers taken, {refused} refused in {watch.Elapsed.TotalSeconds:F1} s");

        Assert.True(_findings.Count == 0, $"FUZZ_SEED={FuzzRun.Seed}\n{string.Join('\n', _findings.Take(20))}");
        // Few forms say of so little what it may be that the example is all there is.
        Assert.True(drawn > taken / 2 && drawn >= FewestForms / 2, $"{drawn} of {taken} answers were drawn");
    }

    // Whole, as it was sent.
    private async Task<int> Takes(Client submitter, JsonObject application, JsonObject right)
    {
        application["form"] = right.DeepClone();
        var answered = await submitter.Post("/v1/cases", application);
        if (answered.Status != 201)
            _findings.Add($"{application["item"]}: {answered.Status} {answered.Text}\n  to what its schema takes: {right.ToJsonString()}");
        else if (!JsonElement.DeepEquals(answered.Json.GetProperty("form"), JsonSerializer.SerializeToElement(right)))
            _findings.Add($"{application["item"]}: {answered.Json.GetProperty("form")} is kept of {right.ToJsonString()}");
        return 1;
    }

    private async Task<int> Refuses(Client submitter, JsonObject application, (JsonObject Answer, string At) wrong)
    {
        application["form"] = wrong.Answer.DeepClone();
        var answered = await submitter.Post("/v1/cases", application);
        var at = $"/form{wrong.At}";
        if (answered.Status != 422 || !answered.Json.List("errors").Any(error => error.Text("code").StartsWith("form.field-", StringComparison.Ordinal)
            && ($"{error.Text("pointer")}/".StartsWith($"{at}/", StringComparison.Ordinal))))
            _findings.Add($"{application["item"]}: {answered.Status} {answered.Text}\n  to what is wrong at {at}: {wrong.Answer.ToJsonString()}");
        return 1;
    }
}
