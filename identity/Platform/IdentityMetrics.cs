using System.Diagnostics.Metrics;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Platform;

/// <summary>The server's own figures.</summary>
internal sealed class IdentityMetrics : IOpenIddictServerHandler<ApplyTokenResponseContext>, IOpenIddictServerHandler<ProcessErrorContext>
{
    private readonly Counter<long> _issued;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _signIns;

    public IdentityMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Telemetry.Meter);
        _issued = meter.CreateCounter<long>("onedoor.tokens.issued", "{answer}", "Answers with tokens, by grant.");
        _refusals = meter.CreateCounter<long>("onedoor.oauth.refusals", "{refusal}", "OAuth requests refused, by endpoint and error.");
        _signIns = meter.CreateCounter<long>("onedoor.signins", "{attempt}", "Attempts to sign in, by factor and outcome.");
    }

    public static IEnumerable<OpenIddictServerHandlerDescriptor> Descriptors { get; } =
    [
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyTokenResponseContext>().UseSingletonHandler<IdentityMetrics>().SetOrder(int.MinValue).Build(),
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessErrorContext>().UseSingletonHandler<IdentityMetrics>().SetOrder(int.MinValue).Build(),
    ];

    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        // A grant that was granted is one of ours; one that was refused may be any text.
        if (context.Response.Error is null)
            _issued.Add(1, KeyValuePair.Create("oauth.grant.type", (object?)context.Request?.GrantType));
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ProcessErrorContext context)
    {
        _refusals.Add(
            1, KeyValuePair.Create("oauth.endpoint", (object?)Kebab.Of(context.EndpointType)), KeyValuePair.Create("oauth.error", (object?)context.Error));
        return ValueTask.CompletedTask;
    }

    /// <summary>An attempt has been answered.</summary>
    public void SignedIn(Factor factor, SignInOutcome outcome) => _signIns.Add(
        1, KeyValuePair.Create("onedoor.factor", (object?)Kebab.Of(factor)), KeyValuePair.Create("onedoor.outcome", (object?)Kebab.Of(outcome)));
}

internal enum Factor { Password, SecondFactor, UserCode }

internal enum SignInOutcome { Passed, Wrong, TooOften, Barred }
