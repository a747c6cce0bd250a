using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Xunit;

namespace OneDoor.Platform;

/// <summary>What browsers and machines fetch beside the interfaces.</summary>
public sealed partial class BrowserFiles(RunningPlatform platform)
{
    [Fact]
    public async Task The_playgrounds_files_are_named_by_what_they_hold_kept_for_ever_and_come_compressed()
    {
        var anybody = platform.Anybody;
        var names = Names().Matches((await anybody.Get("/playground")).Must(200).Text).Select(name => name.Value).ToList();
        Assert.Equal(2, names.Count);
        var sent = 0L;
        foreach (var name in names)
        {
            var plain = (await anybody.Get(name)).Must(200);
            Assert.Equal("public, max-age=31536000, immutable", plain.Header("Cache-Control"));
            Assert.Equal(("Accept-Encoding", null), (plain.Header("Vary"), plain.Header("Content-Encoding")));
            Assert.Equal(plain.Text, (await anybody.Get(name, ("Accept-Encoding", "br;q=0, gzip;q=0"))).Must(200).Text);
            foreach (var (taken, encoding) in new[] { ("gzip", "gzip"), ("gzip, deflate, br, zstd", "br") })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, name);
                request.Headers.Add("Accept-Encoding", taken);
                using var answer = await platform.Api.Http.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.Equal([encoding], answer.Content.Headers.ContentEncoding);
                await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
                await using Stream unpacked = encoding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
                using var reader = new StreamReader(unpacked);
                Assert.Equal(plain.Text, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
                sent += encoding == "br" ? answer.Content.Headers.ContentLength!.Value : 0;
            }
        }
        Assert.InRange(sent, 1, 450_000);
    }

    [Fact]
    public async Task Both_servers_say_where_a_weakness_is_reported()
    {
        foreach (var server in new[] { platform.Api.Http, platform.Identity.Http })
        {
            var said = (await new Client(server, null).Get("/.well-known/security.txt")).Must(200);
            Assert.Equal("text/plain; charset=utf-8", said.Header("Content-Type"));
            var lines = said.Text.TrimEnd('\n').Split('\n').Select(line => line.Split(": ", 2)).ToDictionary(line => line[0], line => line[1]);
            Assert.Equal(("mailto:security@onedoor.example", "zh, en"), (lines["Contact"], lines["Preferred-Languages"]));
            var expires = DateTimeOffset.ParseExact(lines["Expires"], "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            Assert.InRange(expires - platform.Time.GetUtcNow(), TimeSpan.FromDays(30), TimeSpan.FromDays(365));
        }
    }

    [GeneratedRegex("/playground/playground-[A-Z0-9]{8}\\.(css|js)")]
    private static partial Regex Names();
}
