using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;
using static OneDoor.Files.SampleFiles;

namespace OneDoor.Files;

/// <summary>The bytes of files in a store that speaks S3, and uploads that go on at another process.</summary>
public sealed class StoredElsewhere(RunningPlatform platform)
{
    private Client Uploader => platform.As(CaseJourney.Submitter, $"{RunningPlatform.Clerk} files:write");

    [Fact] // CASE-12
    public async Task An_object_store_keeps_the_bytes_and_what_it_does_not_take_is_nowhere()
    {
        using var store = new ObjectStore();
        await store.Start();
        await using var api = platform.StartApi(platform.Database, store.Settings);
        var (uploader, before) = (Uploader.At(api.Http), (await Uploader.Upload(Png, "image/png")).Must(201).Header("Location")!);
        var content = Docx(("word/media/a.bin", System.Security.Cryptography.RandomNumberGenerator.GetBytes(700_000)));
        var file = (await uploader.Upload(content, WordType)).Must(201).Header("Location")!;

        Assert.Equal(content, (await uploader.Get(file)).Must(200).Bytes);
        Assert.Equal(content[300_000..300_100], (await uploader.Get(file, ("Range", "bytes=300000-300099"))).Must(206).Bytes);
        Assert.Equal(Png, (await uploader.Get(before)).Must(200).Bytes); // put into the database before there was a store
        Assert.Equal(1, store.Count);
        Assert.Equal(0, await platform.Database.Count($"select count(*) from onedoor.file_pieces where file_id = '{file[10..]}'"));

        store.End();
        var rows = await Rows();
        (await uploader.Upload(Pdf(), "application/pdf")).Refuses(503, "platform.unavailable");
        (await uploader.Get(file)).Refuses(503, "platform.unavailable");
        // The log has the last cause's words, which of the network's alone would not tell the store from the database.
        using (var away = new BucketFiles(Options(store)))
            Assert.StartsWith("The object store", (await Assert.ThrowsAsync<StoreAwayException>(() => away.Drop(Guid.Empty, TestContext.Current.CancellationToken))).GetBaseException().Message, StringComparison.Ordinal);
        Assert.Equal(rows, await Rows());
        // Where what is uploaded in several requests is not taken, it is there to be gone on with.
        var upload = (await uploader.Send(HttpMethod.Post, "/v1/uploads", null, ("Tus-Resumable", "1.0.0"), ("Upload-Length", $"{content.Length}"))).Must(201).Header("Location")!;
        (await uploader.Send(HttpMethod.Patch, upload, new ByteArrayContent(content) { Headers = { ContentType = new("application/offset+octet-stream") } }, ("Tus-Resumable", "1.0.0"), ("Upload-Offset", "0")))
            .Refuses(503, "platform.unavailable");

        await store.Start();
        Assert.Equal(content, (await uploader.Get(file)).Must(200).Bytes);
        // However many ask at once how far it has come, and so finish it.
        var finished = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => uploader.Get(upload)));
        Assert.All(finished, answer => Assert.Equal(Sha256Digest.Of(content), answer.Must(200).Json.GetProperty("file").Text("digest")));
        Assert.Equal(content, (await uploader.Get(upload.Replace("uploads", "files", StringComparison.Ordinal))).Must(200).Bytes);
        Assert.Equal(0, await platform.Database.Count($"select count(*) from onedoor.file_pieces where file_id = '{upload[12..]}'"));
        // Two days later, at a process that knows the store.
        using var bucket = new BucketFiles(Options(store));
        await new DropFiles(platform.Api.Services.GetRequiredService<FileTable>(), new FileStores([bucket]), new()).Record(null!, platform.Time.GetUtcNow().AddHours(49), NullLogger.Instance, TestContext.Current.CancellationToken);
        Assert.Equal(0, store.Count);
        (await uploader.Get(file)).Refuses(404, "file.not-found");
    }

    [Fact] // CASE-12
    public async Task What_cannot_be_deleted_holds_up_nothing_else_and_is_told()
    {
        using var store = new ObjectStore();
        await store.Start();
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database, store.Settings);
        Guid[] kept = [await Uploaded(), await Uploaded(), await Uploaded()];
        await Uploaded();
        using var bucket = new BucketFiles(Options(store));
        Task<bool> Sweep(params Guid[] refused) => new DropFiles(api.Services.GetRequiredService<FileTable>(), new FileStores([new Refusing(bucket, refused)]), new())
            .Record(null!, platform.Time.GetUtcNow().AddHours(49), NullLogger.Instance, TestContext.Current.CancellationToken);

        // After three a store is left alone until the next time, and they come last then.
        await Sweep(kept);
        Assert.Equal(4, store.Count);
        await Sweep(kept);

        Assert.Equal(3, store.Count);
        Assert.Equal(3, await database.Count($"select count(*) from onedoor.files where id = any('{{{string.Join(',', kept)}}}') and place = 's3'"));
        await Sweep();
        Assert.Equal(0, store.Count);

        async Task<Guid> Uploaded() => Guid.Parse((await Uploader.At(api.Http).Upload(Png, "image/png")).Must(201).Header("Location")![10..]);
    }

    [Fact] // CASE-12
    public async Task What_was_changed_where_it_is_stored_is_handed_on_to_nobody_as_what_was_handed_in()
    {
        using var store = new ObjectStore();
        await store.Start();
        await using var api = platform.StartApi(platform.Database, store.Settings);
        var uploader = Uploader.At(api.Http);
        var large = (await uploader.Upload(Docx(("word/media/a.bin", System.Security.Cryptography.RandomNumberGenerator.GetBytes(700_000))), WordType)).Must(201).Header("Location")!;
        var small = (await uploader.Upload(Png, "image/png")).Must(201).Header("Location")!;
        (await uploader.Get($"{small}/preview")).Must(200);

        store.Falsify();

        // Of what is longer than what is read at once, the beginning is on its way: it comes to no end.
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => uploader.Get(large));
        (await uploader.Get(small)).Refuses(503, "platform.unavailable");
        (await uploader.Get($"{small}/preview")).Refuses(503, "platform.unavailable");
    }

    [Fact]
    public async Task Whoever_has_as_much_drawn_as_one_may_is_told_to_come_back_and_nobody_else_waits_for_them()
    {
        const string Greedy = "p_draws";
        var greedy = platform.With(new() { ["sub"] = Greedy, ["client_id"] = "mobile", ["scope"] = Scopes.FilesWrite });
        var (theirs, other) = ((await greedy.Upload(Jpeg, "image/jpeg")).Must(201).Header("Location")!, (await Uploader.Upload(Jpeg, "image/jpeg")).Must(201).Header("Location")!);
        var drawers = platform.Api.Services.GetRequiredService<Drawers>();
        var places = Enumerable.Range(0, Drawers.PerCaller).Select(_ => drawers.Take(new Actor("mobile", Greedy))!).ToArray();

        var refused = await greedy.Get($"{theirs}/preview");
        refused.Refuses(429, "request.too-many");
        Assert.Equal(("1", null), (refused.Header("Retry-After"), refused.Header("ETag")));
        (await Uploader.Get($"{other}/preview")).Must(200);

        foreach (var place in places)
            place.Dispose();
        (await greedy.Get($"{theirs}/preview")).Must(200);
    }

    [Fact] // tried with the protocol's own client
    public async Task An_upload_goes_on_where_it_was_lost_at_whatever_process()
    {
        await using var other = platform.StartApi(platform.Database);
        var (exitCode, output, errors) = await OneDoor.Contracts.OutsideTool.Converse("tus.mjs", _ => Uploader.Token(), platform.Api.Address.OriginalString.TrimEnd('/'), other.Address.OriginalString.TrimEnd('/'));

        Assert.True(exitCode == 0, output + errors);
        Assert.Equal("pieces true\nresumed true\ncut true 204 true true\nchecksum 460 204 true\nended 204 404\n", output);
    }

    [Fact] // of two processes one is killed while bytes come in
    public async Task What_has_come_in_outlives_the_process_it_came_to()
    {
        await using var database = await platform.Template.Copy();
        (string, string)[] settings = [("ASPNETCORE_ENVIRONMENT", "Development"), ("Authentication__Authority", platform.Identity.Address.OriginalString)];
        using var one = ChildProcess.Api(database.Connection, Port.Free(), settings);
        using var other = ChildProcess.Api(database.Connection, Port.Free(), settings);
        await Task.WhenAll(one.Ready(), other.Ready());
        // Processes of their own go by the real clock.
        Client At(ChildProcess process) => platform.With(
            new() { ["sub"] = "p_killed", ["client_id"] = "mobile", ["scope"] = "files:write" }, process.Http, TimeProvider.System);
        var content = System.Text.Encoding.ASCII.GetBytes(new string('x', 2_000_000));
        var tus = ("Tus-Resumable", "1.0.0");
        var address = (await At(one).Send(HttpMethod.Post, "/v1/uploads", null, tus, ("Upload-Length", "2000000"))).Must(201).Header("Location")!;

        // It sends so much and then nothing, until the process is gone.
        var body = new System.IO.Pipelines.Pipe(new(pauseWriterThreshold: 0));
        await body.Writer.WriteAsync(content.AsMemory(0, 1_000_000), TestContext.Current.CancellationToken);
        var sending = At(one).Send(HttpMethod.Patch, address, new StreamContent(body.Reader.AsStream()) { Headers = { ContentType = new("application/offset+octet-stream") } }, tus, ("Upload-Offset", "0"));
        await RunningPlatform.Until(async () => await database.Count("select received::bigint from onedoor.files") > 0, "some of it is stored");
        await one.Kill();
        await body.Writer.CompleteAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sending);

        var offset = int.Parse((await At(other).Get(address)).Must(200).Header("Upload-Offset")!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(offset, 1, 1_000_000);
        (await At(other).Send(HttpMethod.Patch, address, new ByteArrayContent(content[offset..]) { Headers = { ContentType = new("application/offset+octet-stream") } }, tus, ("Upload-Offset", $"{offset}"))).Must(204);
        Assert.Equal(content, (await At(other).Get(address.Replace("uploads", "files", StringComparison.Ordinal))).Must(200).Bytes);
    }

    [Fact]
    public async Task What_the_protocol_does_not_know_is_refused()
    {
        var tus = ("Tus-Resumable", "1.0.0");
        var can = (await platform.Anybody.Send(HttpMethod.Options, "/v1/uploads", null)).Must(204);
        Assert.Equal(("1.0.0", "20000000"), (can.Header("Tus-Version"), can.Header("Tus-Max-Size")));
        Assert.Contains("creation", can.Header("Tus-Extension"), StringComparison.Ordinal);

        Task<Answered> Create(params (string, string)[] headers) => Uploader.Send(HttpMethod.Post, "/v1/uploads", null, headers);
        (await Create(("Upload-Length", "10"))).Refuses(412, "upload.version-unknown");
        (await Create(tus)).Refuses(400, "upload.header-invalid");
        (await Create(tus, ("Upload-Length", "20000001"))).Refuses(413, "file.too-large");
        (await Create(tus, ("Upload-Length", "0"))).Refuses(422, "file.empty");
        (await Create(tus, ("Upload-Length", "10"), ("Upload-Metadata", "filetype ?"))).Refuses(400, "upload.header-invalid");
        var key = ("Idempotency-Key", Guid.CreateVersion7(platform.Now).ToString());
        var address = (await Create(tus, key, ("Upload-Length", $"{Svg.Length}"))).Must(201).Header("Location")!;
        Assert.Equal(address, (await Create(tus, key, ("Upload-Length", $"{Svg.Length}"))).Must(201).Header("Location"));

        Task<Answered> Append(byte[] content, string type, params (string, string)[] headers) =>
            Uploader.Send(HttpMethod.Patch, address, new ByteArrayContent(content) { Headers = { ContentType = new(type) } }, headers);
        const string Bytes = "application/offset+octet-stream";
        (await Append(Svg, "application/json", tus, ("Upload-Offset", "0"))).Refuses(415, "request.media-type");
        (await Append(Svg, Bytes, tus, ("Upload-Offset", "5"))).Refuses(409, "upload.offset-mismatch");
        (await Append(Svg, Bytes, tus, ("Upload-Offset", "x"))).Refuses(400, "upload.header-invalid");
        (await Append(Svg, Bytes, tus, ("Upload-Offset", "0"), ("Upload-Checksum", "md5 AAAA"))).Refuses(400, "upload.header-invalid");
        (await Append([.. Svg, 1], Bytes, tus, ("Upload-Offset", "0"))).Refuses(413, "upload.length-exceeded");
        (await platform.As(Department.Tax, "files:write").Get(address)).Refuses(404, "upload.not-found");
        // The last byte decides whether it is a file.
        (await Append(Svg, Bytes, tus, ("Upload-Offset", "0"))).Refuses(415, "file.type-not-accepted");
        (await Uploader.Get(address)).Refuses(404, "upload.not-found");

        // Of a body with a checksum that is not compared nothing stays, however many pieces of it came before.
        address = (await Create(tus, ("Upload-Length", "300000"))).Must(201).Header("Location")!;
        (await Append(new byte[500_000], Bytes, tus, ("Upload-Offset", "0"), ("Upload-Checksum", "sha1 AAAA"))).Refuses(413, "upload.length-exceeded");
        Assert.Equal("0", (await Uploader.Get(address)).Must(200).Header("Upload-Offset"));
    }

    [Fact]
    public async Task What_one_request_brought_another_that_is_refused_does_not_take_back()
    {
        var tus = ("Tus-Resumable", "1.0.0");
        var address = (await Uploader.Send(HttpMethod.Post, "/v1/uploads", null, tus, ("Upload-Length", "1000"))).Must(201).Header("Location")!;
        using var late = new LateBody(new byte[20]);
        var second = Uploader.Send(HttpMethod.Patch, address, late, tus, ("Upload-Offset", "0"), ("Upload-Checksum", "sha1 AAAA"), ("Expect", "100-continue"));
        await late.Wanted;
        (await Uploader.Send(HttpMethod.Patch, address, new ByteArrayContent(new byte[10]) { Headers = { ContentType = new("application/offset+octet-stream") } }, tus, ("Upload-Offset", "0"))).Must(204);
        late.Come();

        (await second).Refuses(409, "upload.offset-mismatch");
        Assert.Equal("10", (await Uploader.Get(address)).Must(200).Header("Upload-Offset"));
    }

    [Fact] // the position is in the original and not in what is drawn of it
    public async Task A_preview_is_another_picture()
    {
        var address = (await Uploader.Upload(Jpeg, "image/jpeg")).Must(201).Header("Location")!;
        var preview = (await Uploader.Get($"{address}/preview")).Must(200);

        Assert.Equal(("image/jpeg", $"inline; filename={address[10..]}-preview.jpg"), (preview.Header("Content-Type"), preview.Header("Content-Disposition")));
        Assert.True(Jpeg.AsSpan().IndexOf("Exif"u8) > 0);
        Assert.Equal(-1, preview.Bytes.AsSpan().IndexOf("Exif"u8));
        Assert.Equal(304, (await Uploader.Get($"{address}/preview", ("If-None-Match", preview.ETag))).Status);
        (await Uploader.Get($"{(await Uploader.Upload(Pdf(), "application/pdf")).Must(201).Header("Location")}/preview")).Refuses(422, "file.not-drawable");
        (await platform.As(Department.Tax).Get($"{address}/preview")).Refuses(404, "file.not-found");
    }

    [Fact] // few bytes that a decoder would unpack to gigabytes
    public async Task A_picture_that_unpacks_to_too_much_has_no_preview()
    {
        async Task<Answered> Preview(byte[] content, string mediaType) =>
            await Uploader.Get($"{(await Uploader.Upload(content, mediaType)).Must(201).Header("Location")}/preview");
        var large = Png.ToArray();
        (large[18], large[19], large[22], large[23]) = (0xEA, 0x60, 0xEA, 0x60); // it says it has 60,000 by 60,000 pixels

        (await Preview(large, "image/png")).Refuses(422, "file.not-drawable");
        (await Preview(LargeWebP, "image/webp")).Refuses(422, "file.not-drawable");
        // Of 31 million pixels: as phones take them it is read row by row, and otherwise held whole.
        (await Preview(LargeJpeg(5_600), "image/jpeg")).Must(200);
        (await Preview(LargeJpeg(5_600, isProgressive: true), "image/jpeg")).Refuses(422, "file.not-drawable");
        (await Preview(LargeJpeg(5_600, scanned: 1), "image/jpeg")).Refuses(422, "file.not-drawable");
        (await Preview(LargeJpeg(16_000), "image/jpeg")).Refuses(422, "file.not-drawable");
    }

    private Task<long> Rows() => platform.Database.Count("select count(*) from onedoor.files where dropped_at is null");

    private static StorageOptions Options(ObjectStore store)
    {
        var settings = store.Settings.ToDictionary(s => s.Name, s => s.Value);
        return new() { Address = settings["Storage:Address"], Bucket = ObjectStore.Bucket, AccessKey = "S3RVER", SecretKey = "S3RVER" };
    }

    // Deletes all but some.
    private sealed class Refusing(FileStore store, Guid[] refused) : FileStore
    {
        public override string Name => store.Name;

        public override Task Put(Guid id, ArraySegment<byte> content, CancellationToken ct) => store.Put(id, content, ct);

        public override Task<int> Read(Guid id, int from, Memory<byte> into, CancellationToken ct) => store.Read(id, from, into, ct);

        public override Task Drop(Guid id, CancellationToken ct) => refused.Contains(id) ? throw new StoreAwayException("It is not to be deleted.") : store.Drop(id, ct);
    }

    // Bytes that come once they are let, to a server that has begun to read.
    private sealed class LateBody : HttpContent
    {
        private readonly byte[] _bytes;
        private readonly TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously), _come = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LateBody(byte[] bytes) => (_bytes, Headers.ContentType) = (bytes, new("application/offset+octet-stream"));

        public Task Wanted => _wanted.Task;

        public void Come() => _come.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            _wanted.SetResult();
            await _come.Task;
            await stream.WriteAsync(_bytes, TestContext.Current.CancellationToken);
        }

        protected override bool TryComputeLength(out long length) => (length = _bytes.Length) >= 0;
    }
}
