using System.Diagnostics;
using OneDoor.Contracts;
using OneDoor.Platform;

namespace OneDoor.Files;

/// <summary>A real object store beside the platform, which tests may end and start again.</summary>
public sealed class ObjectStore : IDisposable
{
    public const string Bucket = "onedoor-files";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onedoor-s3-");
    private readonly int _port = Port.Free();
    private Process? _process;

    /// <summary>The platform's settings.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("Storage:Address", $"http://127.0.0.1:{_port}"), ("Storage:Bucket", Bucket), ("Storage:AccessKey", "S3RVER"), ("Storage:SecretKey", "S3RVER"), ("Storage:TimeoutSeconds", "5"),
    ];

    /// <summary>Objects in it.</summary>
    public int Count => _folder.EnumerateFiles("*object", SearchOption.AllDirectories).Count(file => file.Length > 0);

    /// <summary>Changes the last byte of every object, as whoever writes to the bucket may.</summary>
    public void Falsify()
    {
        foreach (var file in _folder.EnumerateFiles("*object", SearchOption.AllDirectories))
        {
            using var content = file.Open(FileMode.Open);
            content.Position = content.Length - 1;
            var last = content.ReadByte();
            content.Position--;
            content.WriteByte((byte)(last ^ 1));
        }
    }

    public async Task Start()
    {
        _process = Process.Start(new ProcessStartInfo("node", ["s3.mjs", $"{_port}", _folder.FullName, Bucket])
        {
            WorkingDirectory = Path.Combine(Approved.Root, "tests", "Contracts"), RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line && line != "? ready")
        {
        }
    }

    public void End()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        End();
        _folder.Delete(recursive: true);
    }
}
