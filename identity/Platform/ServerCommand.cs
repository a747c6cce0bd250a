namespace OneDoor.Identity.Platform;

/// <summary>What the program does instead of serving, when its first argument says so.</summary>
/// <param name="Described">The command as the command line knows it.</param>
/// <param name="Run">Does it; what it gives is said in the end. It ends with an exception where it cannot be done.</param>
internal sealed record ServerCommand(ProgramCommand Described, Func<IServiceProvider, CommandLine, Task<string>> Run)
{
    public async Task<int> RunAsync(IServiceProvider services, CommandLine line)
    {
        await using var scope = services.CreateAsyncScope();
        Console.WriteLine(await Run(scope.ServiceProvider, line));
        return 0;
    }
}
