using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OneDoor.Wire;

/// <summary>An instant in a query parameter, as a route takes it.</summary>
public sealed record InstantParameter(DateTimeOffset At)
{
    // A plus sign that was not percent-encoded reaches us as a space.
    public static bool TryParse(string? text, [NotNullWhen(true)] out InstantParameter? read) =>
        (read = Instant.Parse(text?.Replace(' ', '+')) is { } at ? new(at) : null) is not null;
}

/// <summary>
/// Reads query parameters that are more than text, and keeps why they cannot be what they are. A handler that names them goes on from what is
/// wrong with their form (<see cref="QueryForm"/>), so that all is told at once.
/// </summary>
public sealed class Parameters
{
    private const int MostValues = 100;

    private readonly List<Refusal> _refused = [];

    /// <summary>All that is wrong with them; null when nothing is.</summary>
    public Refusal? Refused => Refusal.AllOf(_refused);

    /// <summary>Whether any of some is not what it has to be: then nothing is said of what it would mean beside others.</summary>
    public bool IsRefused(params ReadOnlySpan<string> names)
    {
        foreach (var refusal in _refused)
            foreach (var field in refusal.Fields)
                if (names.Contains(field.Pointer))
                    return true;
        return false;
    }

    /// <summary>One more is not what it has to be.</summary>
    public void Refuse(Refusal refusal) => _refused.Add(refusal);

    /// <summary>The part of a list: <c>first</c> and <c>after</c>; read after all that says which list it is.</summary>
    public PageRequest Page(Cursors cursors, string list, int? first, string? after, int most = PageRequest.Most, int usual = PageRequest.Usual)
    {
        var page = new PageRequest(first ?? usual, after is null ? null : cursors.Read(list, after));
        // Of a list that there is not, no cursor would be one; how much of it is wanted makes no other.
        if (after is not null && page.After is null && _refused.All(refusal => refusal.Fields.All(field => field.Pointer is "first" or "count")))
            Refuse(RequestRefusals.CursorInvalid.At("after"));
        Within(page.First, "first", 1, most);
        return page;
    }

    public T? Enum<T>(string? text, string name) where T : struct, Enum
    {
        var value = Kebab.Parse<T>(text);
        if (text is not null && value is null)
            Refuse(TakingOne(name, Kebab.All<T>()));
        return value;
    }

    /// <summary>Several values, comma-separated, 100 at most.</summary>
    /// <param name="text">The parameter.</param>
    /// <param name="name">Its name.</param>
    /// <param name="read">Reads one value; null for what is none.</param>
    /// <param name="allowed">What it takes, in words.</param>
    public IReadOnlyList<T>? Several<T>(string? text, string name, Func<string, T?> read, Text allowed) where T : struct
    {
        var values = text?.Split(',').Select(read).ToArray();
        if (values?.Length > MostValues || values?.Contains(null) == true)
            Refuse(Taking(name, allowed));
        return values is null ? null : [.. values.OfType<T>()];
    }

    /// <summary>Some of an enum, comma-separated: an array of it.</summary>
    /// <param name="text">The parameter.</param>
    /// <param name="name">Its name.</param>
    /// <param name="type">The enum.</param>
    public Array? Several(string? text, string name, Type type)
    {
        var members = Kebab.Members(type);
        var named = text?.Split(',');
        var isWrong = named?.Length > MostValues || named?.All(members.ContainsKey) == false;
        if (isWrong)
            Refuse(Taking(name, Text.List(members.Keys)));
        if (named is null || isWrong)
            return null;
        var values = Array.CreateInstance(type, named.Length);
        foreach (var (i, one) in named.Index())
            values.SetValue(members[one], i);
        return values;
    }

    /// <summary>A text that stands for another.</summary>
    /// <inheritdoc cref="Several"/>
    public T? Read<T>(string? text, string name, Func<string, T?> read, Text allowed) where T : class
    {
        var value = text is null ? null : read(text);
        if (text is not null && value is null)
            Refuse(Taking(name, allowed));
        return value;
    }

    /// <summary>An id.</summary>
    public Guid? Id(string? text, string name)
    {
        if (Guid.TryParse(text, out var id))
            return id;
        if (text is not null)
            Refuse(name, "UUID");
        return null;
    }

    /// <summary>The bytes of a digest.</summary>
    public byte[]? Digest(string? text, string name) => Read(text, name, Sha256Digest.Read, Text.Same($"{Sha256Digest.Prefix}<hex>"));

    /// <summary>A code that somebody names, of which there is one: several would find nothing.</summary>
    public string? One(string? text, string name)
    {
        if (text?.Contains(',') == true)
            Refuse(RequestRefusals.ParameterInvalid.Because($"{name} 只取一个值。", $"{name} takes one value.").At(name));
        return text;
    }

    /// <summary>One of a few codes.</summary>
    public string? OneOf(string? text, string name, IEnumerable<string> codes)
    {
        if (text is not null && !codes.Contains(text))
            Refuse(TakingOne(name, Text.List(codes)));
        return text;
    }

    public DateOnly? Day(string? text, string name)
    {
        if (PlatformDay.Parse(text) is { } day)
            return day;
        if (text is not null)
            Refuse(name, "YYYY-MM-DD (1900–8999)");
        return null;
    }

    public DateTimeOffset? Instant(string? text, string name)
    {
        if (InstantParameter.TryParse(text, out var read))
            return read.At;
        if (text is not null)
            Refuse(name, "2026-11-23T09:30:00+08:00 (0002–9998)");
        return null;
    }

    /// <summary>A number between two others.</summary>
    public void Within(long number, string name, long least, long most)
    {
        if (number < least || number > most)
            Refuse(name, string.Create(CultureInfo.InvariantCulture, $"{least}–{most}"));
    }

    /// <summary>A whole number in digits.</summary>
    /// <param name="text">The parameter.</param>
    /// <param name="name">Its name.</param>
    /// <param name="isLong">It may have 64 bits, where others have 32.</param>
    /// <param name="most">It is a count, of so many at most; null where it is not.</param>
    public long? Number(string? text, string name, bool isLong, int? most)
    {
        if (text is null)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && text[0] != '+' && (isLong || number == (int)number))
        {
            if (most is { } count)
                Within(number, name, 1, count);
            return number;
        }
        Refuse(most is null
            ? RequestRefusals.ParameterInvalid.Because($"{name} 只写整数。", $"{name} takes a whole number in digits.").At(name)
            : Taking(name, Text.Same(string.Create(CultureInfo.InvariantCulture, $"1–{most}"))));
        return null;
    }

    /// <summary>The first and the last of some days.</summary>
    /// <param name="from">The first; null where they have none.</param>
    /// <param name="to">The last; null where they have none.</param>
    /// <param name="most">So many at most; null for any number.</param>
    /// <param name="first">What the first is called.</param>
    /// <param name="last">What the last is called.</param>
    public void Days(DateOnly? from, DateOnly? to, int? most = null, string first = "from", string last = "to")
    {
        if (IsRefused(first, last))
            return;
        if (to < from)
            Refuse(RequestRefusals.ParameterInvalid.Because($"{last} 不得早于 {first}。", $"{last} cannot be before {first}.").At(last));
        else if (to?.DayNumber - from?.DayNumber >= most)
            Refuse(RequestRefusals.ParameterInvalid.Because($"一次最多{most}天，含 {first} 和 {last} 当日。", $"There are {most} days at most at a time, “{first}” and “{last}” among them.").At(last));
    }

    private void Refuse(string name, string allowed) => Refuse(Taking(name, Text.Same(allowed)));

    private static Refusal Taking(string name, Text allowed) => RequestRefusals.ParameterInvalid.Because($"{name} 的取值：{allowed.Zh}。", $"{name} takes {allowed.En}.").At(name);

    private static Refusal TakingOne(string name, Text codes) => RequestRefusals.ParameterInvalid.Because($"{name} 取下列之一：{codes.Zh}。", $"{name} takes one of {codes.En}.").At(name);
}
