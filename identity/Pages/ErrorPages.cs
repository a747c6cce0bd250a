using Microsoft.Extensions.Options;
using OneDoor.Identity.Clients;
using OneDoor.Identity.People;
using OneDoor.Identity.Platform;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Pages;

/// <summary><c>/docs/errors/…</c>: a page for every code and every OAuth error of this server, to which <c>type</c> and <c>error_uri</c> lead.</summary>
internal static class ErrorPages
{
    private const string Index = "/docs/errors";

    private static readonly SortedDictionary<string, (Text Title, Text? Detail)> All = new(
        ClientRefusals.All.Concat(PersonRefusals.All).ToDictionary(r => r.Code, r => (r.Title, r.Detail))
            .Concat(OAuthErrors.Meanings.ToDictionary(m => m.Key, m => (m.Value, (Text?)null))).ToDictionary(),
        StringComparer.Ordinal);

    public static string AddressOf(IdentityOptions identity, string code) => $"{identity.IssuerName}{Index}/{code}";

    public static void MapErrorPages(this WebApplication app)
    {
        app.MapGet(Index, (Page page) => page.ShowAsync(page.Text("错误代码", "Error codes"), Html.Of(
            $"<dl>{Html.Join(All, e => Html.Of($"<dt><a href=\"{Index}/{e.Key}\">{e.Key}</a></dt><dd>{e.Value.Title.In(page.Language.Tag)}</dd>"))}</dl>"), Index));
        app.MapGet(Index + "/{code}", (string code, Page page) => All.TryGetValue(code, out var found)
            ? page.ShowAsync(code, Html.Of(
                $"""
                 <p>{found.Title.In(page.Language.Tag)}</p>
                 <p>{found.Detail?.In(page.Language.Tag)}</p>
                 <p><a href="{Index}">{page.Text("全部错误代码", "All error codes")}</a></p>
                 """), $"{Index}/{code}")
            : page.ShowErrorAsync(page.Text("没有此错误代码。", "There is no such error code."), StatusCodes.Status404NotFound));
    }
}

/// <summary>Sends whoever reads an OAuth error to its page here, and not to one of another project's.</summary>
internal sealed class ErrorAddresses<TContext>(IOptions<IdentityOptions> identity) : IOpenIddictServerHandler<TContext> where TContext : BaseRequestContext
{
    /// <summary>After an error has its final name, before it is written.</summary>
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<TContext>()
        .UseSingletonHandler<ErrorAddresses<TContext>>()
        .SetOrder(0)
        .Build();

    public ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.Response is { Error: { } error } response)
            response.ErrorUri = OAuthErrors.Meanings.ContainsKey(error) ? ErrorPages.AddressOf(identity.Value, error) : null;
        return ValueTask.CompletedTask;
    }
}
