using System.Text;
using OneDoor.Cases;
using OneDoor.Platform;

namespace OneDoor.Batches;

/// <summary>How every operation on batches is asked for: one of the applicant's, which customs sends.</summary>
public sealed class SentBatches(RunningPlatform platform, Dictionary<string, object?> applicant)
{
    private Client Sender => platform.As(CaseJourney.Submitter);

    // None of its lines becomes a case, so that nothing happens meanwhile.
    private static byte[] File => Encoding.UTF8.GetBytes(SampleBatches.Csv([SampleBatches.Line(1, ("occupation", "=A1"))]));

    private (string, string) Named => (CaseFilter.ApplicantHeader, (string)applicant["uscc"]!);

    /// <summary>A request for an operation; null for others.</summary>
    public async Task<EntitledRequest?> For(string operation) => operation switch
    {
        "sendBatch" => new EntitledRequest(null, new Dictionary<string, string>(), null)
        {
            Query = new Dictionary<string, string>
            {
                ["item"] = SampleBatches.Hiring, ["declaration"] = SignedTexts.Declaration.Digest, ["signatory"] = "陈建国", ["employer"] = (string)applicant["name"]!,
            },
            Headers = [Named],
            Bytes = (File, BatchFiles.Csv),
        },
        "getBatchTemplate" => new EntitledRequest(null, new Dictionary<string, string>(), null) { Query = new Dictionary<string, string> { ["item"] = SampleBatches.Hiring } },
        "listBatches" or "getBatch" or "getBatchHistory" or "listBatchLines" or "getBatchReport" => Of(await Done()),
        // What is cancelled already is not changed by being cancelled again.
        "cancelBatch" => Of(await Cancelled()),
        _ => null,
    };

    private EntitledRequest Of(string path) => new(null, new Dictionary<string, string> { ["id"] = path.Split('/')[^1] }, null) { Read = () => Sender.Get(path) };

    private async Task<string> Done()
    {
        var path = await Sent();
        await Sender.Ended(path);
        return path;
    }

    // Unless it has ended before.
    private async Task<string> Cancelled()
    {
        while (true)
        {
            var path = await Sent();
            while ((await Sender.Post($"{path}/cancellation", null, ("If-Match", (await Sender.Get(path)).ETag))).Status == 412)
            {
            }
            if ((await Sender.Ended(path)).Text("status") == "cancelled")
                return path;
        }
    }

    private async Task<string> Sent()
    {
        // A sender has few of them at a time.
        await RunningPlatform.Until(async () => await platform.Database.Count("select count(*) from onedoor.mt_doc_batch where ended_at is null") == 0, "the others have ended");
        return (await Sender.Send(HttpMethod.Post, SampleBatches.Address((string)applicant["name"]!), new ByteArrayContent(File) { Headers = { ContentType = new(BatchFiles.Csv) } }, Named)).Must(202).Header("Location")!;
    }
}
