using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace OneDoor.Bench;

/// <summary>pgbench with the rival's SQL: what the database alone allows, with no server in between.</summary>
public sealed partial class Ceiling(NpgsqlConnectionStringBuilder database, string receipt, Guid known, string department, string subject)
{
    private const string Caller = "(department = :department or submitted_by = :subject)";

    // A pipeline is one round trip and one transaction, as the rival's batch is.
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["POST /v1/cases"] = """
            \set r random(1, 9000000000000000)
            \startpipeline
            insert into rival_keys (id, data) values ('pgbench-' || :r::text, :receipt::jsonb);
            insert into rival_events (stream, version, type, data) values (md5(:r::text)::uuid, 1, 'case_submitted', :receipt::jsonb);
            insert into rival_views (id, department, submitted_by, data) values (md5(:r::text)::uuid, :department, :subject, :receipt::jsonb);
            \endpipeline
            """,
        ["GET /v1/cases/{id}"] = $"select data from rival_views where id = :known::uuid and {Caller};",
        ["GET /v1/cases"] = $"select data from rival_views where {Caller} order by id desc limit 21;",
    };

    /// <summary>Transactions per second; null where there is no pgbench.</summary>
    public async Task<double?> Measure(string what, TimeSpan time)
    {
        if (Program() is not { } pgbench)
            return null;
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, Scripts[what]);
        string[] arguments =
        [
            "--no-vacuum", "--protocol=prepared", $"--file={script}", $"--client={Load.Connections}", "--jobs=2", $"--time={time.TotalSeconds:F0}",
            $"--host={database.Host}", $"--port={database.Port}", $"--username={database.Username}",
            "-D", $"receipt={receipt}", "-D", $"known={known}", "-D", $"department={department}", "-D", $"subject={subject}", database.Database!,
        ];
        var start = new ProcessStartInfo(pgbench, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = database.Password;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        File.Delete(script);
        return PerSecond().Match(await output) is { Success: true } tps
            ? double.Parse(tps.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench: {await errors}");
    }

    private static string? Program() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order().Reverse().Select(d => Path.Combine(d, "bin")) : [])
            .Select(directory => Path.Combine(directory, "pgbench")).FirstOrDefault(File.Exists);

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex PerSecond();
}
