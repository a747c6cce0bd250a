using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;

namespace OneDoor.Wire;

/// <summary>A query parameter that takes the published names of an enum.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OneOfAttribute<T> : Attribute, IOneOf where T : struct, Enum
{
    public Type Type => typeof(T);
}

/// <summary>The enum whose names a parameter takes.</summary>
public interface IOneOf
{
    Type Type { get; }
}

/// <summary>A query parameter that takes several values, comma-separated.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SeveralAttribute : Attribute;

/// <summary>A query parameter that a route reads and its handler does not name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Of what type its values are.</param>
/// <param name="Says">What it means.</param>
/// <param name="IsSeveral">It takes several of them.</param>
public sealed record ReadsParameter(string Name, Type Type, string Says, bool IsSeveral)
{
    /// <summary>The header in which it comes instead, because addresses are kept in logs and histories; null where it does not.</summary>
    public string? Header { get; init; }

    /// <summary>What the contract says of it.</summary>
    public KnownParameter Known { get; } = new(Type, IsSeveral);
}

/// <summary>The query parameters that a route reads, by name.</summary>
/// <param name="Named">All of them.</param>
/// <param name="Required">Those without which nothing is answered.</param>
/// <param name="ReadOn">The handler tells what is wrong with their form, with all else that is.</param>
public sealed record KnownParameters(FrozenDictionary<string, KnownParameter> Named, IReadOnlyList<string> Required, bool ReadOn);

/// <summary>What the contract says of a query parameter.</summary>
/// <param name="Type">Of what type its values are.</param>
/// <param name="IsSeveral">It takes several of them.</param>
/// <param name="IsRequired">Nothing is answered without it.</param>
/// <param name="Most">Of a count of entries, the largest; null of all else.</param>
public sealed record KnownParameter(Type Type, bool IsSeveral = false, bool IsRequired = false, int? Most = null)
{
    /// <summary>The one that a handler names.</summary>
    public static KnownParameter Of(ParameterInfo parameter)
    {
        var attributes = parameter.GetCustomAttributes().ToArray();
        return new(attributes.OfType<IOneOf>().SingleOrDefault()?.Type ?? TypeOf(parameter), attributes.OfType<SeveralAttribute>().Any(), !MayBeLeftOut(parameter), MostOf(parameter));
    }

    /// <summary>How many entries a page may have that a handler is asked for by this parameter; null where it is none of that.</summary>
    public static int? MostOf(ParameterInfo parameter) =>
        parameter.Name == "first" ? (int?)parameter.GetCustomAttribute<RangeAttribute>()?.Maximum ?? PageRequest.Most : null;

    /// <summary>The type of what it reads, given or not.</summary>
    public static Type TypeOf(ParameterInfo parameter) => Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;

    /// <summary>What is given, as far as the contract says what that is; null where nothing is, and where it cannot be.</summary>
    /// <param name="text">The parameter; null where it is left out, which a yes or no takes for no.</param>
    /// <param name="name">Its name.</param>
    /// <param name="parameters">Where what is wrong with it is noted.</param>
    public object? Read(string? text, string name, Parameters parameters) => this switch
    {
        { Type: var type } when type == typeof(DateOnly) => parameters.Day(text, name),
        { Type: var type } when type == typeof(InstantParameter) || type == typeof(DateTimeOffset) => parameters.Instant(text, name),
        { Type: var type, IsSeveral: true } when type == typeof(Guid) => parameters.Several(text, name, id => Guid.TryParse(id, out var read) ? read : (Guid?)null, Text.Same("uuid,uuid…")),
        { Type: var type } when type == typeof(Guid) => parameters.Id(text, name),
        { Type: var type } when type == typeof(bool) => parameters.OneOf(text, name, ["true", "false"]) == "true",
        { Type: var type } when type == typeof(int) || type == typeof(long) => parameters.Number(text, name, isLong: type == typeof(long), Most),
        { Type.IsEnum: true, IsSeveral: true } => parameters.Several(text, name, Type),
        { Type.IsEnum: true } => parameters.OneOf(text, name, Kebab.Members(Type).Keys) is { } one ? Kebab.Members(Type).GetValueOrDefault(one) : null,
        _ => text,
    };

    private static bool MayBeLeftOut(ParameterInfo parameter) =>
        parameter.HasDefaultValue || Nullable.GetUnderlyingType(parameter.ParameterType) is not null || new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
}

/// <summary>
/// What is wrong with the form of query parameters, all of it at once: those that a route does not read, as bodies' unknown fields are (a
/// filter with a slip of the pen would else give all there is), those without a value or with two, of which nobody knows which is meant,
/// those that are missing, and those that are not what the contract says of them. Routes take them as such.
/// </summary>
public static class QueryForm
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The group's routes take the query parameters that their handlers name and no others.</summary>
    public static RouteGroupBuilder RefuseUnknownParameters(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            var path = ((RouteEndpointBuilder)endpoint).RoutePattern.Parameters.Select(p => p.Name).ToHashSet();
            var named = endpoint.Metadata.OfType<MethodInfo>().Single().GetParameters();
            var known = named
                .Where(p => Reads(KnownParameter.TypeOf(p)) && !path.Contains(p.Name!) && !p.GetCustomAttributes().OfType<IFromHeaderMetadata>().Any())
                .ToDictionary(p => p.Name!, KnownParameter.Of);
            foreach (var parameter in endpoint.Metadata.OfType<ReadsParameter>().Where(parameter => parameter.Header is null))
                known.Add(parameter.Name, parameter.Known);
            endpoint.Metadata.Add(new KnownParameters(known.ToFrozenDictionary(StringComparer.Ordinal), [.. known.Where(parameter => parameter.Value.IsRequired).Select(parameter => parameter.Key)], named.Any(p => p.ParameterType == typeof(Parameters))));
        });
        return group;
    }

    public static void UseQueryForm(this IApplicationBuilder app) => app.Use((http, next) =>
        http.GetEndpoint()?.Metadata.GetMetadata<KnownParameters>() is { } known && (http.Request.QueryString.HasValue || known.Required.Count > 0)
        && Refused(http, known) is { } refused
            ? Problems.Write(http, refused)
            : next(http));

    // Whoever reads on is given those that are as they have to be, where nothing that is required is amiss.
    private static Refusal? Refused(HttpContext http, KnownParameters known)
    {
        var parameters = http.RequestServices.GetService<Parameters>() ?? new();
        Check(http.Request.QueryString, known, parameters);
        if (parameters.Refused is null || !known.ReadOn || parameters.IsRefused([.. known.Required]))
            return parameters.Refused;
        http.Request.QueryString = QueryString.Create(Given(http.Request.QueryString).Where(given => !parameters.IsRefused(given.Name)).Select(given => KeyValuePair.Create(given.Name, given.Value)));
        return null;
    }

    /// <summary>Why a parameter is refused that has no value, or two.</summary>
    public static Refusal WithoutValue(string name) => RequestRefusals.ParameterInvalid.Because($"{name} 只写一次且不为空。", $"{name} is given once and with a value.").At(name);

    private static void Check(QueryString query, KnownParameters known, Parameters parameters)
    {
        var given = new HashSet<string>();
        foreach (var (name, value) in Given(query))
        {
            var isFirst = given.Add(name);
            if (!known.Named.TryGetValue(name, out var parameter))
                parameters.Refuse(RequestRefusals.ParameterUnknown.At(name));
            else if (value is null)
                parameters.Refuse((RequestRefusals.ParameterInvalid with { Detail = RequestRefusals.TextInvalid.Detail }).At(name));
            else if (value.Length == 0 || !isFirst)
                parameters.Refuse(WithoutValue(name));
            else
                parameter.Read(value, name, parameters);
        }
        foreach (var missing in known.Required.Where(name => !given.Contains(name)))
            parameters.Refuse(RequestRefusals.ParameterInvalid.Because("缺少该参数。", "It is missing.").At(missing));
    }

    // By the letter: the collection that routes read from takes a name in any case. Null for a value that is no text.
    private static IEnumerable<(string Name, string? Value)> Given(QueryString query)
    {
        foreach (var pair in new QueryStringEnumerable(query.Value))
            yield return (pair.DecodeName().ToString(), Text(pair.EncodedValue.Span));
    }

    private static string? Text(ReadOnlySpan<char> encoded)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(encoded.ToString());
            var text = Strict.GetString(WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length));
            return text.Contains('\0') ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool Reads(Type type) =>
        type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(bool) || type == typeof(DateOnly) || type == typeof(InstantParameter);
}
