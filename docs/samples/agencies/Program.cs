using System.Security.Cryptography.X509Certificates;
using OneDoor.Samples;

// dotnet run customs | fire
var certificate = Environment.GetEnvironmentVariable("CLIENT_CERT");
var settings = new Settings(
    Environment.GetEnvironmentVariable("API") ?? "http://localhost:5080", Environment.GetEnvironmentVariable("IDENTITY") ?? "http://localhost:5081",
    Environment.GetEnvironmentVariable("CLIENT_ID"), certificate is null ? Environment.GetEnvironmentVariable("CLIENT_SECRET") ?? "sandbox-secret" : null,
    new Uri(Environment.GetEnvironmentVariable("ADDRESS") ?? "http://127.0.0.1:7003/onedoor"), Environment.GetEnvironmentVariable("STATE") ?? ".state");
// Outside the sandbox an agency is known by its certificate, and its tokens are good with that alone: it is shown at both servers.
using var connections = new HttpClientHandler();
if (certificate is not null)
    connections.ClientCertificates.Add(X509Certificate2.CreateFromPemFile(certificate, Environment.GetEnvironmentVariable("CLIENT_KEY")));
using var http = new HttpClient(connections) { BaseAddress = new Uri(settings.Api), Timeout = Timeout.InfiniteTimeSpan };
using var ending = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) => (pressed.Cancel, _) = (true, ending.CancelAsync());
switch (args)
{
    case ["customs"]:
        await new Customs(settings, http).Run(ending.Token);
        return 0;
    case ["fire"]:
        await new Fire(settings, http).Run(ending.Token);
        return 0;
    default:
        await Console.Error.WriteLineAsync("customs or fire?");
        return 1;
}
