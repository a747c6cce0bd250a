using System.Data.Common;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OneDoor.Identity;
using OneDoor.Identity.Platform;

namespace OneDoor.Tests.Identity.Platform;

/// <summary>The identity server in this process, on a clock the test holds.</summary>
public sealed class TestHost(string database, string environment, FakeTimeProvider time, Dictionary<string, string> settings)
    : WebApplicationFactory<IdentityHost>
{
    public const string SandboxIssuer = "http://localhost:5081";
    public const string ProductionIssuer = "https://id.onedoor.test";
    public const string ApplicantSecret = "what the API and these tests know";
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time => time;

    public string Database => database;

    public string Issuer => environment == "Development" ? SandboxIssuer : ProductionIssuer;

    public LogLines Logs { get; } = new();

    public static TestHost Development(string database, FakeTimeProvider? time = null, Dictionary<string, string>? settings = null) =>
        new(database, "Development", time ?? new FakeTimeProvider(Morning), settings ?? []);

    public static TestHost Production(string database, FakeTimeProvider? time = null, Dictionary<string, string>? settings = null) =>
        new(database, "Production", time ?? new FakeTimeProvider(Morning), new(settings ?? [])
        {
            ["Identity:Issuer"] = ProductionIssuer,
            ["Identity:TlsEndsAtProxy"] = "true",
            ["Keys:Secret"] = "a secret that only this test run knows",
        });

    /// <summary>Registers a client as an operator does: by a file and the command.</summary>
    public async Task<int> RegisterAsync(params JsonObject[] clients)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, new JsonArray(clients).ToJsonString());
            return await IdentityHost.Main(["clients", file, $"--ConnectionStrings:OneDoor={database}", "--environment=Development"]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public Task<Answer> TokenAsync(params (string Name, string Value)[] form) => PostAsync("/connect/token", null, form);

    /// <summary>Asks for a token as a sandbox client does.</summary>
    public Task<Answer> SandboxTokenAsync(string client = "sandbox-tax", string? scope = null, string secret = "sandbox-secret") =>
        PostAsync("/connect/token", (client, secret), [("grant_type", "client_credentials"), .. scope is null ? [] : new[] { ("scope", scope) }]);

    public Task<Answer> AssertionTokenAsync(string assertion, string? scope = null) => TokenAsync([
        ("grant_type", "client_credentials"),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", assertion),
        .. scope is null ? [] : new[] { ("scope", scope) }]);

    public async Task<Answer> PostAsync(string path, (string Id, string Secret)? basic, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        if (basic is { } credentials)
        {
            var user = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.Id}:{credentials.Secret}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", user);
        }

        return await SendAsync(request);
    }

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var client = CreateClient();
        using var response = await client.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }

    public async Task<IReadOnlyList<string>> PublishedKeysAsync() =>
        [.. (await GetAsync("/.well-known/jwks")).Json["keys"]!.AsArray().Select(k => k!["kid"]!.GetValue<string>())];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        builder.UseSetting("ConnectionStrings:OneDoor", database);
        builder.UseSetting("Applicants:Secret", ApplicantSecret);
        // The tests' clock is not the database's.
        builder.UseSetting("Identity:ClockTolerance", "36500.00:00:00");
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Logs));
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(time)
            .ConfigureDbContext<IdentityDb>(db => db.AddInterceptors(new NoThreadWaits())));
    }
}

/// <summary>Fails whatever would keep a thread waiting for the database.</summary>
internal sealed class NoThreadWaits : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        // Data protection's own interface has no other way.
        command.CommandText.Contains("cookie_keys", StringComparison.Ordinal) ? result : throw new InvalidOperationException($"Asked synchronously: {command.CommandText}");
}
