using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace OneDoor.Tidy;

/// <summary>A file of the repository; its path is relative to the root, with forward slashes.</summary>
internal sealed record RepositoryFile(string Path)
{
    private string? _text;

    public string Text => _text ??= File.ReadAllText(System.IO.Path.Combine(Repository.Root, Path));

    public string[] Lines => Text.Split('\n');

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public string[] Folders => Path.Split('/')[..^1];

    public bool IsUnder(params string[] folders) => folders.Any(folder => Path.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>A NUL byte, as git does it, tells binary content from text.</summary>
    public bool IsText => !Text.Contains('\0', StringComparison.Ordinal);

    /// <summary>packages.lock.json and package-lock.json, which their tools write as they like.</summary>
    public bool IsLock => Name.EndsWith("lock.json", StringComparison.Ordinal);

    public string At(int line) => $"{Path}:{line}";
}

/// <summary>A parsed C# file, except generated code: EF writes migrations its own way.</summary>
internal sealed record Source(RepositoryFile File, CompilationUnitSyntax Syntax)
{
    public string At(SyntaxNode node) => File.At(FirstLine(node));

    public static int FirstLine(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    public static int LastLine(SyntaxNode node) => node.GetLocation().GetLineSpan().EndLinePosition.Line + 1;

    public string Namespace =>
        Syntax.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";
}

/// <summary>What git has or would add, so that ignored files are never judged.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<RepositoryFile> Files { get; } = NotEmpty("files", List());

    public static IReadOnlyList<RepositoryFile> TextFiles { get; } = NotEmpty("text files", Files.Where(f => f.IsText));

    public static IReadOnlyList<RepositoryFile> Pages { get; } =
        NotEmpty("pages", Files.Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal)));

    public static IReadOnlyList<Source> Sources { get; } = NotEmpty("sources", Files
        .Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal) && !f.Folders.Contains("Migrations"))
        .Select(f => new Source(f, CSharpSyntaxTree.ParseText(SourceText.From(f.Text)).GetCompilationUnitRoot())));

    /// <summary>A rule that found nothing to look at has not been checked.</summary>
    private static List<T> NotEmpty<T>(string what, IEnumerable<T> found)
    {
        var list = found.ToList();
        return list.Count > 0 ? list : throw new InvalidOperationException($"No {what} found below {Root}: nothing would be checked.");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "OneDoor.slnx")))
                return folder.FullName;
        throw new InvalidOperationException($"No OneDoor.slnx above {AppContext.BaseDirectory}.");
    }

    private static List<RepositoryFile> List()
    {
        // safe.directory: in CI the checkout may belong to another user than the one who tests.
        string[] arguments =
            ["-c", "safe.directory=*", "-c", "core.quotePath=false", "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git does not start.");
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0)
            throw new InvalidOperationException($"git ls-files ended with {git.ExitCode} in {Root}.");
        return
        [
            .. output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Distinct()
                .Where(path => File.Exists(Path.Combine(Root, path)))
                .Order(StringComparer.Ordinal)
                .Select(path => new RepositoryFile(path)),
        ];
    }
}
