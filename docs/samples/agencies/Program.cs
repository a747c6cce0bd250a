using OneDoor.Samples;

// dotnet run customs | fire
var settings = new Settings(
    Environment.GetEnvironmentVariable("API") ?? "http://localhost:5080", Environment.GetEnvironmentVariable("IDENTITY") ?? "http://localhost:5081",
    Environment.GetEnvironmentVariable("CLIENT_SECRET") ?? "sandbox-secret", new Uri(Environment.GetEnvironmentVariable("ADDRESS") ?? "http://127.0.0.1:7002/onedoor"),
    Environment.GetEnvironmentVariable("STATE") ?? ".state");
using var http = new HttpClient { BaseAddress = new Uri(settings.Api), Timeout = Timeout.InfiniteTimeSpan };
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
