using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.Pages;

/// <summary>What all pages share: frame, style, language, forms.</summary>
internal static class PagesModule
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<Page>();
        services.AddSingleton<ErrorPage>(ErrorPages.ShowAsync);
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<IdentityOptions>>((forms, identity) =>
        {
            var isSecure = identity.Value.IssuerUri.Scheme == "https";
            forms.FormFieldName = "form-token";
            forms.HeaderName = null;
            forms.Cookie.Name = isSecure ? "__Host-onedoor-forms" : "onedoor-forms";
            forms.Cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            forms.Cookie.Path = "/";
            forms.Cookie.SameSite = SameSiteMode.Lax;
            forms.SuppressXFrameOptionsHeader = true;
        });
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapFile(Page.StylePath, "style.css", "text/css; charset=utf-8");
        app.MapFile(Page.IconPath, "icon.svg", "image/svg+xml");
        app.MapGet("/language", (string? to, string? lang, HttpResponse response) =>
        {
            PageLanguage.Keep(response, lang);
            return Results.Redirect(Addresses.LocalOr(to, Addresses.SignedIn));
        });
        app.MapErrorPages();
    }

    /// <summary>The text of a file that lies beside the pages.</summary>
    public static string Resource(string name)
    {
        using var text = new StreamReader(typeof(PagesModule).Assembly.GetManifestResourceStream(name)!);
        return text.ReadToEnd();
    }

    private static void MapFile(this WebApplication app, string path, string name, string type)
    {
        var content = Resource(name);
        app.MapGet(path, (HttpResponse response) =>
        {
            response.Headers.CacheControl = "public, max-age=300";
            return Results.Text(content, type);
        });
    }
}
