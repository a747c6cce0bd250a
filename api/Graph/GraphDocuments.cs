using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;
using Microsoft.Extensions.Caching.Memory;

namespace OneDoor.Graph;

/// <summary>A document within the bounds.</summary>
public sealed class BoundedDocument(GraphQLDocument document)
{
    public GraphQLDocument Document { get; } = document;

    /// <summary>The schema's rules need not be asked again.</summary>
    public bool IsValid { get; set; }

    /// <summary>What the operation it is remembered for costs; negative where that depends on variables, or nobody has asked.</summary>
    public int Cost { get; set; } = -1;
}

/// <summary>
/// Parses documents once. Those asked for often stay in memory with the knowledge that they are valid; those in the
/// operator's directory are trusted documents, named by their file or their digest.
/// </summary>
public sealed class GraphDocuments(GraphOptions options) : IDisposable
{
    private readonly MemoryCache _remembered = new(new MemoryCacheOptions { SizeLimit = options.RememberedCharacters });
    private readonly FrozenDictionary<string, string> _trusted = Read(options.TrustedDocuments);

    /// <summary>The document of a request; the refusal when there is none to run.</summary>
    /// <param name="client">The OAuth client, which may be held to trusted documents.</param>
    public (BoundedDocument? Document, Refusal? Refused) Find(string? text, string? id, string? operation, string client)
    {
        if (id is not null)
        {
            if (!_trusted.TryGetValue(id, out var trusted))
                return (null, GraphRefusals.DocumentUnknown);
            if (text is not null && text != trusted)
                return (null, GraphRefusals.BadRequest);
            text = trusted;
        }
        else if (options.TrustedOnly.Contains("*") || options.TrustedOnly.Contains(client))
            return (null, GraphRefusals.DocumentNotTrusted);
        if (text is null)
            return (null, GraphRefusals.BadRequest);
        if (_remembered.TryGetValue((text, operation), out BoundedDocument? known))
            return (known, null);
        try
        {
            // To GraphQL all ends of lines are alike; the parser fails to say where an error is among lines that end in CR.
            var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
            if (GraphBounds.Refused(lines, options) is { } tooLarge)
                return (null, tooLarge);
            var document = Parser.Parse(lines, new ParserOptions { Ignore = IgnoreOptions.Comments, MaxDepth = 128 });
            if (GraphBounds.Refused(document, options) is { } tooMuch)
                return (null, tooMuch);
            var bounded = new BoundedDocument(document);
            return (_remembered.Set((text, operation), bounded, new MemoryCacheEntryOptions { Size = text.Length + (operation?.Length ?? 0) + 500 }), null);
        }
        catch (GraphQLSyntaxErrorException e)
        {
            return (null, GraphRefusals.Syntax.Because($"第 {e.Location.Line} 行第 {e.Location.Column} 列。", $"At line {e.Location.Line}, column {e.Location.Column}."));
        }
        catch (GraphQLMaxDepthExceededException)
        {
            return (null, GraphRefusals.TooDeep.Because($"上限 {options.Depth}。", $"At most {options.Depth}."));
        }
    }

    public void Dispose() => _remembered.Dispose();

    // Clients name a document by its file, or, as those made for persisted queries do, by the digest of its text.
    private static FrozenDictionary<string, string> Read(string directory)
    {
        var documents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in directory.Length == 0 ? [] : Directory.EnumerateFiles(directory, "*.graphql"))
        {
            var text = File.ReadAllText(file, Encoding.UTF8);
            documents[Path.GetFileNameWithoutExtension(file)] = text;
            documents[Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))] = text;
        }
        return documents.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
