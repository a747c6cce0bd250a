namespace OneDoor;

/// <summary>Something a program does instead of serving.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Does">What it does, in a line of <c>--help</c>.</param>
/// <param name="Argument">What the word after it names; null where none follows.</param>
public sealed record ProgramCommand(string Name, string Does, string? Argument = null)
{
    public IReadOnlyList<ProgramOption> Options { get; init; } = [];

    internal string Usage => Argument is null ? Name : $"{Name} {Argument}";
}

/// <summary>An option of a command.</summary>
/// <param name="Name">With its two hyphens.</param>
/// <param name="Value">What its value is; null where it has none.</param>
/// <param name="Does">What it does, in a line of <c>--help</c>.</param>
public sealed record ProgramOption(string Name, string? Value, string Does)
{
    /// <summary>Whether the command is none without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What is wrong with a value, as it can be told without a server; null where nothing is.</summary>
    public Func<string, string?> Misread { get; init; } = _ => null;

    internal string Usage => Value is null ? Name : $"{Name} {Value}";
}

/// <summary>A command line as both programs read it: a command or none, its options, and settings (<c>--Section:Key=value</c>).</summary>
public sealed class CommandLine
{
    // What the host takes without a section.
    private static readonly string[] HostSettings = ["--environment", "--urls", "--http_ports", "--https_ports", "--contentRoot", "--applicationName"];

    private readonly Dictionary<string, string> _options = [];
    private readonly List<string> _settings = [];

    /// <summary>Reads a command line.</summary>
    /// <param name="args">As the program was given it.</param>
    /// <param name="commands">What the program can do besides serving.</param>
    public CommandLine(string[] args, IReadOnlyList<ProgramCommand> commands)
    {
        AsksForHelp = args.Any(word => word is "--help" or "-h");
        AsksForVersion = args.Contains("--version");
        string[] words = [.. args.TakeWhile(word => !word.StartsWith('-'))];
        var command = commands.FirstOrDefault(c => c.Name == words.FirstOrDefault());
        (Command, Argument) = (command?.Name, words.ElementAtOrDefault(1));
        if (words.Length > 0 && (command is null || words.Length > (command.Argument is null ? 1 : 2)))
            Refused = $"'{string.Join(' ', words)}' is not a command. Commands: {string.Join(", ", commands.Select(c => c.Usage))}; none of them to serve. See --help.";
        else if (command?.Argument is { } named && Argument is null)
            Refused = $"{command.Name} lacks its {named}.";
        for (var rest = new Queue<string>(args.Skip(words.Length)); rest.Count > 0;)
        {
            var wrong = Read(rest, command);
            Refused ??= wrong;
        }
        if (!AsksForHelp && !AsksForVersion && command?.Options.FirstOrDefault(option => option.IsRequired && !Has(option.Name)) is { } lacking)
            Refused ??= $"{command.Name} lacks its {lacking.Usage}.";
    }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Refused { get; }

    public bool AsksForHelp { get; }

    public bool AsksForVersion { get; }

    /// <summary>The command; null to serve.</summary>
    public string? Command { get; }

    /// <summary>The word after the command.</summary>
    public string? Argument { get; }

    /// <summary>The rest, for the configuration.</summary>
    public string[] Settings => [.. _settings];

    /// <summary>An option's value; null where it was not given.</summary>
    public string? this[string option] => _options.GetValueOrDefault(option);

    /// <summary>Whether an option was given.</summary>
    public bool Has(string option) => _options.ContainsKey(option);

    /// <summary>What <c>--help</c> says.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="does">What it does when it serves.</param>
    /// <param name="commands">What it can do besides.</param>
    public static string Help(string program, string does, IReadOnlyList<ProgramCommand> commands)
    {
        IEnumerable<(string Usage, string Does)> lines =
        [
            .. commands.SelectMany(command => command.Options.Select(option => ($"  {option.Usage}", option.Does)).Prepend((command.Usage, command.Does))),
            ("-h, --help", "shows this"),
            ("--version", "shows release, commit and the database schema it needs"),
            ("--SECTION:KEY=VALUE", "a setting, as the variable SECTION__KEY; --environment and --urls stand without a section"),
        ];
        return $"{program} [COMMAND] [OPTIONS]: {does}\n\n{string.Join('\n', lines.Select(line => $"  {line.Usage,-26}  {line.Does}"))}\n\n"
            + "docs/OPERATING.md, Commands, says what a command locks, how long it takes and whether the platform may run meanwhile.\n";
    }

    /// <summary>A fault that the configuration made, in a line and in no words of .NET's types.</summary>
    public static string InOneLine(Exception fault) => fault.Message.Split(" to type '")[0].ReplaceLineEndings(" ");

    /// <summary>Takes an option and its value off the rest; says what is wrong with it.</summary>
    private string? Read(Queue<string> rest, ProgramCommand? command)
    {
        var word = rest.Dequeue().Split('=', 2);
        var (name, value) = (word[0], word.ElementAtOrDefault(1));
        if (name is "-h" or "--help" or "--version")
            return null;
        var option = command?.Options.FirstOrDefault(o => o.Name == name);
        // To serve, the configuration knows the names; a command would go on without what a mistyped option means.
        if (option is null && (!name.StartsWith("--", StringComparison.Ordinal) || (command is not null && !IsSetting(name))))
            return $"'{name}' is no option{(command is null ? "" : $" of {command.Name}")}. See --help.";
        if (option is { Value: null })
            return !_options.TryAdd(name, "") ? $"{name} is given twice." : value is not null ? $"{name} takes no value." : null;
        if (value is null && rest.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal))
            value = rest.Dequeue();
        if (value is null || (option is not null && string.IsNullOrWhiteSpace(value)))
            return $"{name} lacks its value.";
        if (option is not null)
            return _options.TryAdd(name, value) ? option.Misread(value) : $"{name} is given twice.";
        _settings.Add($"{name}={value}");
        return null;
    }

    private static bool IsSetting(string name) => name.Contains(':') || HostSettings.Contains(name, StringComparer.OrdinalIgnoreCase);
}
