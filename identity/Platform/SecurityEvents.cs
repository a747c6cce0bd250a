using Microsoft.AspNetCore;
using OneDoor.Callers;
using OneDoor.Identity.People;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Platform;

/// <summary>
/// The log <c>OneDoor.Security</c>: who signed in or could not, which client got tokens, who was refused what. docs/OPERATING.md
/// has its events. Any number of equal ones in a minute are two lines.
/// </summary>
internal sealed class SecurityLog(ILoggerFactory loggers, IdentityMetrics metrics, TimeProvider time)
    : BackgroundService, IOpenIddictServerHandler<ProcessErrorContext>, IOpenIddictServerHandler<ProcessSignInContext>
{
    public const string Category = "OneDoor.Security";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ILogger _log = loggers.CreateLogger(Category);
    private readonly SecurityTally _tally = new();

    public static IEnumerable<OpenIddictServerHandlerDescriptor> Descriptors { get; } =
    [
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessErrorContext>().UseSingletonHandler<SecurityLog>().SetOrder(int.MinValue).Build(),
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>().UseSingletonHandler<SecurityLog>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ApplyTokenResponse<ProcessSignInContext>.Descriptor.Order - 1).Build(),
    ];

    /// <summary>Notes an attempt to sign in, and counts it.</summary>
    public void SignIn(HttpContext http, Factor factor, SignInOutcome outcome, Guid? person)
    {
        if (factor != Factor.UserCode)
            metrics.SignedIn(factor, outcome);
        var kind = outcome switch
        {
            SignInOutcome.Passed => SecurityEventKind.SignedIn,
            SignInOutcome.TooOften => SecurityEventKind.SignInHeldUp,
            _ => SecurityEventKind.SignInFailed,
        };
        Note(http, kind, outcome == SignInOutcome.Barred ? Kebab.Of(outcome) : Kebab.Of(factor), "", person is { } id ? Person.SubjectOf(id) : "");
    }

    /// <summary>Notes a refusal that is not OpenIddict's, if it is one that tells of an attack.</summary>
    /// <param name="http">The request.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="reason">The refusal's code or OAuth's error.</param>
    public void Refused(HttpContext http, int status, string reason)
    {
        if (SecurityEvent.KindOf(status) is { } happened)
            Note(http, happened, reason, "", "");
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
        Note(http, happened, context.Error!, client, "");
    }

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context is { EndpointType: OpenIddictServerEndpointType.Token, Principal: { } principal } && context.Transaction.GetHttpRequest()?.HttpContext is { } http)
        {
            var subject = principal.GetClaim(OpenIddictConstants.Claims.Subject) ?? "";
            var client = context.Request.ClientId ?? subject;
            Note(http, SecurityEventKind.TokenIssued, context.Request.GrantType ?? "", client, subject == client ? "" : subject);
        }

        return ValueTask.CompletedTask;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        WriteRest();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Minute, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            WriteRest();
    }

    private void Note(HttpContext http, SecurityEventKind kind, string reason, string client, string person)
    {
        // OpenIddict's endpoints are no routes, and a path that is none of theirs is the caller's text.
        var operation = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? Methods.EndpointOf(http.Request) ?? "";
        var happened = new SecurityEvent(kind, reason, client, person, CallerNetwork.Of(http.Connection.RemoteIpAddress), operation);
        if (_tally.IsTold(happened))
            Write(happened, 1);
    }

    private void WriteRest()
    {
        foreach (var (happened, count) in _tally.Close())
            Write(happened, count);
    }

    private void Write(SecurityEvent happened, int count)
    {
        var level = happened.Kind is SecurityEventKind.SignedIn or SecurityEventKind.TokenIssued ? LogLevel.Information : LogLevel.Warning;
        if (_log.IsEnabled(level))
            _log.Log(level, new EventId((int)happened.Kind, Kebab.Of(happened.Kind)), happened.Attributes(count), null, (said, _) => SecurityEvent.Line(said));
    }
}
