using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Graph;

/// <summary>Documents the operator has read: named instead of sent, and for some clients all there is.</summary>
public sealed class TrustedDocuments(TrustedDocuments.Reader reader, RunningPlatform platform) : IClassFixture<TrustedDocuments.Reader>
{
    private const string Id = "count-cases", Text = "query CountCases { cases(first: 1) { totalCount } }\n";
    private const Department Held = Department.Fire, Free = Department.Customs;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public static TheoryData<Department, string, string?> Requests => new()
    {
        { Held, Json(new { documentId = Id }), null },
        { Held, Json(new { extensions = new { persistedQuery = new { version = 1, sha256Hash = Digest } } }), null },
        { Held, Json(new { documentId = Id, query = Text }), null },
        { Free, Json(new { documentId = Id }), null },
        { Free, Json(new { query = Text }), null },
        { Held, Json(new { query = Text }), "graphql.document-not-trusted" },
        { Held, Json(new { query = "{ __typename }" }), "graphql.document-not-trusted" },
        { Held, Json(new { documentId = Id, query = "{ __typename }" }), "graphql.bad-request" },
        { Held, Json(new { documentId = "another" }), "graphql.document-unknown" },
        { Free, Json(new { documentId = "another" }), "graphql.document-unknown" },
        { Free, Json(new { extensions = new { persistedQuery = new { version = 1, sha256Hash = new string('0', 64) } } }), "graphql.document-unknown" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_document_is_asked_for_by_its_name(Department who, string request, string? refused)
    {
        var answers = new[] { await OverHttp(who, request), await OverEvents(who, request), await OverSocket(who, request) };

        Assert.All(answers, answer =>
        {
            if (refused is null)
                Assert.Contains("\"totalCount\":", answer, StringComparison.Ordinal);
            else
                Assert.Contains($"\"code\":\"{refused}\"", answer, StringComparison.Ordinal);
        });
    }

    private static string Json(object request) => JsonSerializer.Serialize(request);

    private Task<string> OverHttp(Department who, string request) => Post(who, request, "application/graphql-response+json");

    private Task<string> OverEvents(Department who, string request) => Post(who, request, "text/event-stream");

    private async Task<string> Post(Department who, string request, string accepted)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(JsonElement.Parse(request)) };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await platform.As(who).Token());
        message.Headers.Accept.ParseAdd(accepted);
        using var answer = await reader.Api.Http.SendAsync(message, Ct);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    private async Task<string> OverSocket(Department who, string request)
    {
        using var socket = await GraphQlClient.Socket(reader.Api.Address, await platform.As(who).Token(), Ct);
        await socket.Send(new { type = "subscribe", id = "1", payload = JsonElement.Parse(request) }, Ct);
        return await socket.Receive(Ct);
    }

    /// <summary>A server whose operator has read one document.</summary>
    public sealed class Reader(RunningPlatform platform) : IAsyncLifetime
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("onedoor-trusted-").FullName;

        internal InProcess<Caller> Api { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, Id + ".graphql"), Text, Ct);
            Api = platform.StartApi(platform.Database, ("GraphQl:TrustedDocuments", _folder), ("GraphQl:TrustedOnly:0", "sandbox-fire"));
        }

        public async ValueTask DisposeAsync()
        {
            await Api.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
