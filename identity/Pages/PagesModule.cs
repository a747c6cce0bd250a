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
        app.MapHouseStyle();
        app.MapResource(Page.StylePath, typeof(Page), "style.css", "text/css; charset=utf-8");
        app.MapGet("/language", (string? to, string? lang, HttpResponse response) =>
        {
            PageLanguage.Keep(response, lang);
            return Results.Redirect(Addresses.LocalOr(to, Addresses.SignedIn));
        });
        app.MapErrorPages();
    }
}
