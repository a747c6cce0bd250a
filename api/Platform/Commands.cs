using System.Globalization;
using Npgsql;

namespace OneDoor.Platform;

/// <summary>What the program does: it serves, or runs a command. Each ends with exit code 0, or with 1 and one line that says why not.</summary>
public static class Commands
{
    public const string Migrate = "migrate", Rebuild = "rebuild", Separate = "separate", Erase = "erase", Verify = "verify", Catalogue = "catalogue", Sample = "sample", DisableWebhooks = "disable-webhooks", Parked = "parked";

    /// <summary>What it can do besides serving.</summary>
    public static readonly IReadOnlyList<ProgramCommand> All =
    [
        new(Migrate, "brings the database's schema to what this release needs"),
        new(Rebuild, "makes what is stored beside the facts anew from them, while the platform runs"),
        new(Separate, "moves personal data that earlier releases stored within facts into parts of their own, while the platform runs"),
        new(Erase, "erases the personal data of one thing, and leaves its facts")
        {
            Options = [new("--id", "ID", "the thing's, for instance a case's") { IsRequired = true, Misread = id => Guid.TryParse(id, out _) ? null : $"'{id}' is no id: erase --id takes the id of one thing." }],
        },
        new(DisableWebhooks, "sends the webhooks of a client nothing more until it resumes them")
        {
            Options = [new("--client", "ID", "the client's, for instance one that is disabled at the identity server") { IsRequired = true }],
        },
        new(Parked, "lists what is sent no more since every attempt has failed: messages to people and deliveries to webhooks")
        {
            Options = [new("--again", null, "has all of it sent once more instead")],
        },
        new(Verify, "names the first fact that was altered, deleted or inserted behind the platform's back, while the platform runs")
        {
            Options = [new("--checkpoint", "PATH", "compares with this file, a checkpoint of the log that somebody has kept, besides") { Misread = path => File.Exists(path) ? null : $"There is no file {path}: --checkpoint takes a checkpoint of the log that somebody has kept." }],
        },
        new(Catalogue, "publishes the catalogue this release ships")
        {
            Options =
            [
                new("--from", "PATH", "publishes the items in this *.json file, or in those of this directory, instead") { Misread = path => Path.Exists(path) ? null : $"There is nothing at {path}: --from takes a *.json file or a directory of them." },
                new("--effective", "YYYY-MM-DD", "the day from which they are in force; today") { Misread = day => PlatformDay.Parse(day) is not null ? null : $"'{day}' is not a day: --effective takes YYYY-MM-DD." },
                new("--check", null, "only says what is wrong, by item and field; needs no database"),
                new("--schema", null, "prints the JSON Schema of such files"),
            ],
        },
        new(Sample, "loads a sample of five years into a store without cases")
        {
            Options =
            [
                new("--cases", "NUMBER", "of so many cases; of all") { Misread = NoNumber },
                new("--seed", "NUMBER", "drawn from this seed; from 2020") { Misread = NoNumber },
                new("--if-empty", null, "leaves a store that has cases as it is"),
                new("--check", null, "only folds it and compares its figures with the published ones; needs no database"),
            ],
        },
    ];

    /// <summary>The number that an option says; null where it was not given.</summary>
    public static int? NumberOf(string? option) => int.TryParse(option, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static string? NoNumber(string text) => NumberOf(text) is null ? $"'{text}' is no number: --cases and --seed take whole numbers greater than 0." : null;

    /// <summary>What the program is, it is whatever the configuration says.</summary>
    public static void Unconfigure(WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:OneDoor", "Host=nowhere")]);
        builder.Environment.EnvironmentName = Environments.Development;
    }

    /// <summary>Runs a command; a database that refuses it or is away is said in a line.</summary>
    public static async Task<int> Run(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception fault) when (fault.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName })
        {
            return await Refuse("The database schema is missing: run `make migrate` (or `OneDoor.Api migrate`) first.");
        }
        catch (Exception fault) when (StoreFaults.IsDatabaseAway(fault) || fault.GetBaseException() is PostgresException)
        {
            return await Refuse($"The database cannot be used: {fault.GetBaseException().Message}");
        }
    }

    /// <summary>Serves until it is told to stop; why it cannot start, for instance at an address it cannot listen on, is said in a line.</summary>
    public static async Task<int> Serve(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (OperationCanceledException) when (Environment.ExitCode != 0)
        {
            // It has stopped itself, and said why, before the start was over.
            return Environment.ExitCode;
        }
        catch (Exception fault)
        {
            return await Refuse($"The platform cannot start: {CommandLine.InOneLine(fault)}");
        }
        await app.WaitForShutdownAsync();
        return Environment.ExitCode;
    }

    /// <summary>Says what was asked for.</summary>
    public static int Say(string answer)
    {
        Console.WriteLine(answer);
        return 0;
    }

    /// <summary>Says why not, and gives the exit code for it.</summary>
    public static async Task<int> Refuse(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return 1;
    }
}
