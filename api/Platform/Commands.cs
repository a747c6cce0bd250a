using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;

namespace OneDoor.Platform;

/// <summary>What the program does: it serves, or runs a command. Each ends with exit code 0, or with 1 and one line that says why not.</summary>
public static class Commands
{
    public const string Migrate = "migrate", Catalogue = "catalogue";

    /// <summary>What is wrong with a command line; null when nothing is.</summary>
    /// <param name="words">The words before the first option: none of them to serve.</param>
    /// <param name="args">All of it.</param>
    public static string? Refused(string[] words, string[] args) => words is not ([] or [Migrate] or [Catalogue])
        ? $"'{string.Join(' ', words)}' is not a command. Commands: {Migrate}, {Catalogue} [--from DIRECTORY] [--effective YYYY-MM-DD]; none of them to serve."
        : args is [.., "--from" or "--effective"] ? $"{args[^1]} lacks its value." : null;

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
        catch (Exception fault) when (Problems.IsDatabaseAway(fault) || fault.GetBaseException() is PostgresException)
        {
            return await Refuse($"The database cannot be used: {fault.GetBaseException().Message}");
        }
    }

    /// <summary>Serves until it is told to stop; an address it cannot listen on is said in a line.</summary>
    public static async Task<int> Serve(WebApplication app)
    {
        try
        {
            await app.RunAsync();
        }
        catch (Exception fault) when (fault is SocketException or IOException { InnerException: AddressInUseException })
        {
            return await Refuse($"The platform cannot listen: {fault.Message}");
        }
        catch (OptionsValidationException fault)
        {
            return await Refuse(fault.Message);
        }
        catch (OperationCanceledException) when (Environment.ExitCode != 0)
        {
            // It has stopped itself, and said why, before the start was over.
        }
        return Environment.ExitCode;
    }

    /// <summary>Says why not, and gives the exit code for it.</summary>
    public static async Task<int> Refuse(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return 1;
    }
}
