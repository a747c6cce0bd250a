using Microsoft.Extensions.Options;
using OneDoor.Identity.Platform;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Pages;

/// <summary><c>/docs/errors/…</c>: a page for every code and every OAuth error of this server, to which <c>type</c> and <c>error_uri</c> lead.</summary>
internal static class ErrorPages
{
    private const string Index = "/docs/errors";

    private static readonly SortedDictionary<string, (Text Title, Text? Detail)> All = new(
        Refusals.In(typeof(Problems).Assembly, typeof(ErrorPages).Assembly).ToDictionary(r => r.Code, r => (r.Title, r.Detail))
            .Concat(OAuthErrors.Meanings.ToDictionary(m => m.Key, m => (m.Value, (Text?)null))).ToDictionary(),
        StringComparer.Ordinal);

    /// <inheritdoc cref="ErrorPage"/>
    public static async Task ShowAsync(HttpContext http, int status)
    {
        var page = http.RequestServices.GetRequiredService<Page>();
        var shown = await page.ShowErrorAsync(status switch
        {
            StatusCodes.Status429TooManyRequests => page.Text("请求过于频繁，请稍后重试。", "Too many requests. Wait a moment and try again."),
            StatusCodes.Status503ServiceUnavailable => page.Text("服务暂时不可用，请稍后重试。", "The service is not available now. Try again in a moment."),
            >= StatusCodes.Status500InternalServerError => page.Text("出现故障，已记录在案。请稍后重试。", "Something failed, and has been logged. Try again later."),
            _ => page.Text("请求无法处理。", "The request cannot be handled."),
        }, status);
        await shown.ExecuteAsync(http);
    }

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
            response.ErrorUri = OAuthErrors.Meanings.ContainsKey(error) ? identity.Value.ErrorPage(error) : null;
        return ValueTask.CompletedTask;
    }
}
