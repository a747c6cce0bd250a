using System.Globalization;

namespace OneDoor;

/// <summary>What whoever starts the tests may set in the environment.</summary>
public static class Setting
{
    /// <summary>A number; the usual one where none is set.</summary>
    public static int Number(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? Read(variable, given) : usual;

    /// <summary>What decides what is drawn. Under CI the usual one, for a commit's verdict is the same each time it is asked for; else another each time.</summary>
    public static int Seed(string variable, int usual) => Number(variable, Environment.GetEnvironmentVariable("CI") is null ? Random.Shared.Next(1_000_000) : usual);

    private static int Read(string variable, string given) => int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : throw new InvalidOperationException($"{variable}={given} is no number.");
}
