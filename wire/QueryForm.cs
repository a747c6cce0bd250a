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

/// <summary>A query parameter that a route reads and its handler does not name; of an enum it takes several.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Of what type its values are.</param>
/// <param name="Says">What it means.</param>
public sealed record ReadsParameter(string Name, Type Type, string Says)
{
    /// <summary>The header in which it comes instead, because addresses are kept in logs and histories; null where it does not.</summary>
    public string? Header { get; init; }
}

/// <summary>The query parameters that a route reads, by name.</summary>
public sealed record KnownParameters(FrozenDictionary<string, KnownParameter> Named);

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

    /// <summary>Notes what is wrong with a value, as far as the contract says it.</summary>
    public void Check(string value, string name, Parameters parameters)
    {
        if (Type == typeof(DateOnly))
            parameters.Day(value, name);
        else if (Type == typeof(InstantParameter))
            parameters.Instant(value, name);
        else if (Type == typeof(Guid))
            parameters.Id(value, name);
        else if (Type == typeof(bool))
            parameters.OneOf(value, name, ["true", "false"]);
        else if (Type.IsEnum && IsSeveral)
            parameters.Several(value, name, Type);
        else if (Type.IsEnum)
            parameters.OneOf(value, name, Kebab.Members(Type).Keys);
        else if (Type == typeof(int) || Type == typeof(long))
            parameters.Number(value, name, isLong: Type == typeof(long), Most);
    }

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
            var known = endpoint.Metadata.OfType<MethodInfo>().Single().GetParameters()
                .Where(p => Reads(KnownParameter.TypeOf(p)) && !path.Contains(p.Name!) && !p.GetCustomAttributes().OfType<IFromHeaderMetadata>().Any())
                .ToDictionary(p => p.Name!, KnownParameter.Of);
            foreach (var parameter in endpoint.Metadata.OfType<ReadsParameter>().Where(parameter => parameter.Header is null))
                known.Add(parameter.Name, new KnownParameter(parameter.Type, IsSeveral: parameter.Type.IsEnum));
            endpoint.Metadata.Add(new KnownParameters(known.ToFrozenDictionary(StringComparer.Ordinal)));
        });
        return group;
    }

    public static void UseQueryForm(this IApplicationBuilder app) => app.Use((http, next) =>
        http.GetEndpoint()?.Metadata.GetMetadata<KnownParameters>() is { } known && Refused(http.Request.QueryString, known.Named) is { } refused
            ? Problems.Write(http, refused)
            : next(http));

    private static Refusal? Refused(QueryString query, FrozenDictionary<string, KnownParameter> known)
    {
        var parameters = new Parameters();
        var given = new HashSet<string>();
        foreach (var (name, value) in Given(query))
        {
            var isFirst = given.Add(name);
            if (!known.TryGetValue(name, out var parameter))
                parameters.Refuse(RequestRefusals.ParameterUnknown.At(name));
            else if (value is null)
                parameters.Refuse((RequestRefusals.ParameterInvalid with { Detail = RequestRefusals.TextInvalid.Detail }).At(name));
            else if (value.Length == 0 || !isFirst)
                parameters.Refuse(RequestRefusals.ParameterInvalid.Because($"{name} 只写一次且不为空。", $"{name} is given once and with a value.").At(name));
            else
                parameter.Check(value, name, parameters);
        }
        foreach (var (name, parameter) in known)
            if (parameter.IsRequired && !given.Contains(name))
                parameters.Refuse(RequestRefusals.ParameterInvalid.Because("缺少该参数。", "It is missing.").At(name));
        return parameters.Refused;
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
