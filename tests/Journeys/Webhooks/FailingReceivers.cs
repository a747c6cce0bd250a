using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Webhooks;

/// <summary>Receivers that no HTTP server would be.</summary>
public sealed class FailingReceivers(RunningPlatform platform)
{
    private static readonly string[] Told = ["onedoor.case.submitted"];

    private Client Owner => platform.As(Department.MarketRegulation, $"{Scopes.WebhooksManage} {Scopes.EventsRead}");

    [Fact]
    public async Task One_that_is_down_silent_or_lies_about_its_length_is_said_to_be_so_and_holds_up_nobody_else()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database, ("Webhooks:TimeoutSeconds", "2"));
        var owner = Owner.At(api.Http);
        using Receiver well = new(), down = new(), mute = new(), liar = new();
        async Task<string> Begun(Receiver receiver) => (await owner.Tells(receiver, Told)).Header("Location")!;
        // What is acknowledged is delivered, whatever comes, or does not, after the head.
        var failing = new Dictionary<string, (string? Failure, string Status)>
        {
            [await Begun(down)] = ("unreachable", "waiting"), [await Begun(mute)] = ("timeout", "waiting"), [await Begun(liar)] = (null, "delivered"),
        };
        await Begun(well);
        down.Dispose();
        using TcpListener silent = InPlaceOf(mute), lying = InPlaceOf(liar);
        var lies = Lie(lying);
        var path = (await platform.As(CaseJourney.Submitter).At(api.Http).Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Header("Location")!;

        await RunningPlatform.Until(() => Task.FromResult(well.Events.Any(e => e.Json.Text("subject") == path)), "another is told meanwhile");
        foreach (var (webhook, expected) in failing)
        {
            var found = default(JsonElement);
            await RunningPlatform.Until(
                async () => (found = (await owner.Get($"{webhook}/deliveries")).Must(200).Json.List("items").SingleOrDefault(d => d.Text("type") == Told[0])).ValueKind == JsonValueKind.Object
                    && found.GetProperty("attempts").GetInt32() > 0, "it was tried");
            Assert.Equal(expected, (found.GetProperty("failure").GetString(), found.Text("status")));
            Assert.Equal("active", (await owner.Get(webhook)).Must(200).Json.Text("status"));
        }
        lying.Stop();
        await lies;
    }

    // From now on it is what answers there.
    private static TcpListener InPlaceOf(Receiver receiver)
    {
        receiver.Dispose();
        var listener = new TcpListener(IPAddress.Loopback, new Uri(receiver.Url).Port);
        listener.Start();
        return listener;
    }

    // It says that more is coming than does.
    private static async Task Lie(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var taken = await listener.AcceptTcpClientAsync();
                var stream = taken.GetStream();
                await stream.ReadAtLeastAsync(new byte[16], 16);
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"challenge\":"u8.ToArray());
                taken.Client.Shutdown(SocketShutdown.Send);
                await Task.Delay(100);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
        }
    }
}
