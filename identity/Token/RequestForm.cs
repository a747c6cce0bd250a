using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore;
using Microsoft.Extensions.Primitives;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using Parameters = OpenIddict.Abstractions.OpenIddictConstants.Parameters;

namespace OneDoor.Identity.Token;

/// <summary>
/// What is asked of a request's parameters before their meaning counts: each is sent once (RFC 6749 sections 3.1 and 3.2), where it
/// belongs, in bounds and in its form. OpenIddict would take a repeated one for none at all, and keep a long one for as long as the rest.
/// </summary>
internal sealed partial class RequestForm : IOpenIddictServerHandler<ProcessRequestContext>
{
    /// <summary>The longest <c>state</c> or <c>nonce</c>: applications make them up, and they are kept and handed back as they are.</summary>
    public const int LongestEcho = 500;

    /// <summary>The most characters in all names and values of a request that is kept until someone has signed in.</summary>
    public const int LongestKept = 8000;

    // Whoever reads an address, in a log, a history or a Referer, would hold these.
    private static readonly string[] NeverInAddresses = [Parameters.AccessToken, Parameters.ClientSecret, Parameters.ClientAssertion];

    // Not kept with the rest; a body's bound holds for them.
    private static readonly string[] NotKept = [Parameters.ClientAssertion, Parameters.ClientSecret];

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessRequestContext>()
        .UseSingletonHandler<RequestForm>()
        .SetOrder(OpenIddictServerHandlers.InferEndpointType.Descriptor.Order + 50_000)
        .Build();

    public async ValueTask HandleAsync(ProcessRequestContext context)
    {
        if (context.EndpointType is OpenIddictServerEndpointType.Unknown or OpenIddictServerEndpointType.Configuration or OpenIddictServerEndpointType.JsonWebKeySet)
            return;
        var request = context.Transaction.GetHttpRequest()!;
        var sent = await ParametersAsync(request);
        if (Repeated(request, sent) is { } repeated)
            context.Reject(Errors.InvalidRequest, repeated);
        else if (Misplaced(request) is { } misplaced)
            context.Reject(Errors.InvalidRequest, misplaced);
        else if (ScopeOf(sent) is { Length: > 0 } scope && string.IsNullOrWhiteSpace(scope))
            context.Reject(Errors.InvalidScope, "The scope is blank: name some, or leave it out.");
        else if (IsKept(context.EndpointType) && (TooLong(sent) ?? Malformed(sent)) is { } wrong)
            context.Reject(Errors.InvalidRequest, wrong);
    }

    /// <summary>The request's parameters: those of the body or, without one, of the address.</summary>
    public static async Task<IReadOnlyDictionary<string, StringValues>> ParametersAsync(HttpRequest request) =>
        (HttpMethods.IsPost(request.Method)
            ? request.HasFormContentType ? (IEnumerable<KeyValuePair<string, StringValues>>)await request.ReadFormAsync(request.HttpContext.RequestAborted) : []
            : request.Query).ToDictionary();

    /// <summary>Says which parameter was sent more than once; null when none was.</summary>
    public static string? Repeated(HttpRequest request, IReadOnlyDictionary<string, StringValues> sent)
    {
        var names = sent.Where(p => p.Value.Count > 1).Select(p => p.Key)
            .Concat(HttpMethods.IsPost(request.Method) ? request.Query.Where(p => p.Value.Count > 1 || sent.ContainsKey(p.Key)).Select(p => p.Key) : []);
        return names.FirstOrDefault() is { } name ? $"{(Name().IsMatch(name) ? $"'{name}'" : "A parameter")} was sent more than once." : null;
    }

    private static string? Misplaced(HttpRequest request)
    {
        if (HttpMethods.IsPost(request.Method))
            return request.Query.Count == 0 ? null : "The parameters of a POST are in its body, and none in its address.";
        return NeverInAddresses.FirstOrDefault(request.Query.ContainsKey) is { } secret ? $"'{secret}' must not be part of an address." : null;
    }

    private static string? TooLong(IReadOnlyDictionary<string, StringValues> sent)
    {
        if (new[] { Parameters.State, Parameters.Nonce }.FirstOrDefault(name => sent.TryGetValue(name, out var value) && value.ToString().Length > LongestEcho) is { } echo)
            return $"'{echo}' has at most {LongestEcho} characters.";
        return sent.Where(p => !NotKept.Contains(p.Key)).Sum(p => p.Key.Length + p.Value.ToString().Length) > LongestKept
            ? $"All parameters together have at most {LongestKept} characters."
            : null;
    }

    private static string? Malformed(IReadOnlyDictionary<string, StringValues> sent)
    {
        // One without a value counts as left out (RFC 6749 section 3.1).
        if (sent.TryGetValue(Parameters.MaxAge, out var age) && age.ToString().Length > 0 && !int.TryParse(age.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return "'max_age' is a whole number of seconds.";
        return sent.TryGetValue(Parameters.CodeChallenge, out var challenge) && challenge.ToString().Length > 0 && !Challenge().IsMatch(challenge.ToString())
            ? "'code_challenge' is the SHA-256 of the verifier in base64url: 43 characters."
            : null;
    }

    private static string ScopeOf(IReadOnlyDictionary<string, StringValues> sent) => sent.TryGetValue(Parameters.Scope, out var scope) ? scope.ToString() : "";

    private static bool IsKept(OpenIddictServerEndpointType endpoint) => endpoint is OpenIddictServerEndpointType.Authorization
        or OpenIddictServerEndpointType.PushedAuthorization or OpenIddictServerEndpointType.DeviceAuthorization;

    // Only what looks like a name is said again: a description has no other characters (RFC 6749 section 5.2).
    [GeneratedRegex("^[a-z_]{1,40}$")]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9_-]{43}$")]
    private static partial Regex Challenge();
}

/// <summary>Refuses a request that authenticates as one client and names another: OpenIddict would take the one by HTTP Basic.</summary>
internal sealed class NamedClient : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
        .AddFilter<OpenIddictServerHandlerFilters.RequireClientIdParameter>()
        .UseSingletonHandler<NamedClient>()
        .SetOrder(OpenIddictServerHandlers.ValidateClientId.Descriptor.Order - 500)
        .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        var request = context.Transaction.GetHttpRequest()!;
        if (request.Headers.Authorization.Count > 0 && (await RequestForm.ParametersAsync(request)).TryGetValue(Parameters.ClientId, out var named)
            && named.ToString() is { Length: > 0 } name && name != context.ClientId)
            context.Reject(Errors.InvalidRequest, "The client_id in the body is not the client that authenticates.");
    }
}
