using Microsoft.AspNetCore;
using OneDoor.Callers;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Platform;

/// <summary>What this server alone tells the security log: who signed in or could not, which client got tokens, whom OpenIddict refused.</summary>
internal sealed class SecurityEvents(SecurityLog log, IdentityMetrics metrics) : IOpenIddictServerHandler<ProcessErrorContext>, IOpenIddictServerHandler<ProcessSignInContext>
{
    public static IEnumerable<OpenIddictServerHandlerDescriptor> Descriptors { get; } =
    [
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessErrorContext>().UseSingletonHandler<SecurityEvents>().SetOrder(int.MinValue).Build(),
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>().UseSingletonHandler<SecurityEvents>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ApplyTokenResponse<ProcessSignInContext>.Descriptor.Order - 1).Build(),
    ];

    /// <summary>Notes an attempt to sign in, and counts it.</summary>
    /// <param name="factor">What was tried.</param>
    /// <param name="outcome">What it came to.</param>
    /// <param name="person">Whose <c>sub</c> it was; empty where nobody goes by the name.</param>
    public void SignIn(HttpContext http, Factor factor, SignInOutcome outcome, string person)
    {
        if (factor != Factor.UserCode)
            metrics.SignedIn(factor, outcome);
        var kind = outcome switch
        {
            SignInOutcome.Passed => SecurityEventKind.SignedIn,
            SignInOutcome.TooOften => SecurityEventKind.SignInHeldUp,
            _ => SecurityEventKind.SignInFailed,
        };
        log.Note(http, kind, outcome == SignInOutcome.Barred ? Kebab.Of(outcome) : Kebab.Of(factor), person: person);
    }

    public async ValueTask HandleAsync(ProcessErrorContext context)
    {
        SecurityEventKind? kind = context.Error switch
        {
            Errors.InvalidClient or Errors.InvalidGrant or Errors.InvalidToken => SecurityEventKind.TokenRefused,
            Errors.AccessDenied or Errors.UnauthorizedClient or Errors.InvalidScope or Errors.InsufficientScope => SecurityEventKind.AccessRefused,
            _ => null,
        };
        if (kind is not { } happened || context.Transaction.GetHttpRequest()?.HttpContext is not { } http)
            return;
        // What calls itself a client may be anything: a name stands in the log only if there is such a client.
        var claimed = context.Transaction.Request?.ClientId;
        var client = claimed is { Length: > 0 }
            && await http.RequestServices.GetRequiredService<IOpenIddictApplicationManager>().FindByClientIdAsync(claimed, context.CancellationToken) is not null ? claimed : "";
        log.Note(http, happened, context.Error!, client);
    }

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context is { EndpointType: OpenIddictServerEndpointType.Token, Principal: { } principal } && context.Transaction.GetHttpRequest()?.HttpContext is { } http)
        {
            var subject = principal.GetClaim(OpenIddictConstants.Claims.Subject) ?? "";
            var client = context.Request.ClientId ?? subject;
            log.Note(http, SecurityEventKind.TokenIssued, context.Request.GrantType ?? "", client, subject == client ? "" : subject);
        }

        return ValueTask.CompletedTask;
    }
}
