namespace OneDoor.Platform;

/// <summary>A row of access-matrix.md: what each caller is answered.</summary>
/// <param name="Name">The operation, or the field that GraphQL has besides.</param>
/// <param name="Field">The field of GraphQL, for instance <c>Query.case</c>.</param>
/// <param name="Expected">What each caller is answered, as the cell says it.</param>
/// <param name="Cached">What a reader is answered who asks with another's entity tag; empty where nothing is read.</param>
public sealed record AccessRow(string Name, string Field, IReadOnlyDictionary<string, string> Expected, string Cached);

/// <summary>A caller of access-matrix.md and what its token says.</summary>
/// <param name="TokenOf">A client of the sandbox, <c>a person</c>, or nothing.</param>
public sealed record AccessCaller(string Name, string TokenOf, string Scopes, string Department, string AppliesFor);

/// <summary>access-matrix.md: who is answered what.</summary>
public static class AccessTable
{
    private static readonly string[][][] Tables = Read(Path.Combine(AppContext.BaseDirectory, "access-matrix.md"));

    public static IReadOnlyList<AccessCaller> Callers { get; } = [.. Tables[0].Skip(1).Select(c => new AccessCaller(c[0], c[1], c[2], c[3], c[4]))];

    /// <summary>What a person of a role may, as identity gives it.</summary>
    /// <param name="caller">Who stands for the role.</param>
    public static string ScopesOf(string caller) => Callers.Single(c => c.Name == caller).Scopes;

    /// <summary>REST's operations and the fields that offer the same.</summary>
    public static IReadOnlyList<AccessRow> Operations { get; } = Rows(Tables[1], captions: 2);

    /// <summary>What only GraphQL has.</summary>
    public static IReadOnlyList<AccessRow> Fields { get; } = Rows(Tables[2], captions: 1);

    /// <summary>Of a joint item, by department: which fields of the form and which files it is shown.</summary>
    /// <param name="item">The item's code.</param>
    public static (IReadOnlyList<string> Departments, IReadOnlyDictionary<string, string[]> Rows) SharesOf(string item)
    {
        var table = Tables.Single(table => table[0][0] == item);
        return (table[0][1..], table.Skip(1).ToDictionary(row => row[0], row => row[1..]));
    }

    private static IReadOnlyList<AccessRow> Rows(string[][] table, int captions) =>
    [
        .. table.Skip(1).Select(row => new AccessRow(row[0], row[captions - 1], Callers.ToDictionary(
            caller => caller.Name, caller => row[Array.IndexOf(table[0], caller.Name)]),
            Array.IndexOf(table[0], "cached by another reader") is var cached and >= 0 ? row[cached] : "")),
    ];

    // Tables of Markdown: the first row names the columns, and the line below it rules them off.
    private static string[][][] Read(string file)
    {
        List<List<string[]>> tables = [];
        var inside = false;
        foreach (var line in File.ReadLines(file))
        {
            if (line.StartsWith('|') && !inside)
                tables.Add([]);
            inside = line.StartsWith('|');
            if (inside && !line.StartsWith("|-", StringComparison.Ordinal))
                tables[^1].Add(line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries));
        }
        return [.. tables.Select(t => t.ToArray())];
    }
}
