using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using OneDoor.Identity.Pages;
using OneDoor.Identity.People;
using OneDoor.Identity.Platform;
using QRCoder;

namespace OneDoor.Identity.SignIn;

/// <summary>
/// Staff without a second factor put one into their authenticator app. Only on the way in by a password that an operator has
/// just set: a password of their own, which others may have learned, must not be enough to enrol.
/// </summary>
internal sealed class NewSecondFactorPage(Page page, TimedCodes codes, PeopleAdministration people, SignInAttempts attempts, Sessions sessions, SecurityEvents security)
{
    private const string Secret = "secret";
    private const string Code = "code";

    public async Task<IResult> ShowAsync(HttpContext http, string to) => await WhoAsync(http) is { } person
        ? await ShowAsync(person, TimedCodes.NewSecret(), to)
        : Results.Redirect(Addresses.Of(Addresses.SignIn, to));

    public async Task<IResult> SubmitAsync(HttpContext http)
    {
        if (!await page.IsOurFormAsync())
            return await page.ShowForeignFormAsync();
        var (form, ct) = (await http.Request.ReadFormAsync(http.RequestAborted), http.RequestAborted);
        var to = Addresses.Next(form["to"]);
        if (await WhoAsync(http) is not { } person || codes.Unseal(person, form[Secret]) is not { } secret)
            return Results.Redirect(Addresses.Of(Addresses.SignIn, to));
        var counted = SignInAttempts.SecondFactor(person.Id);
        if (await attempts.TryAsync(counted, ct) is { } wait)
        {
            security.SignIn(http, Factor.SecondFactor, SignInOutcome.TooOften, person.Subject);
            return await ShowAsync(person, secret, to, SignInPages.TooOften(http, page, wait), StatusCodes.Status429TooManyRequests);
        }

        if (codes.StepOf(secret, form[Code]) is not { } step)
        {
            security.SignIn(http, Factor.SecondFactor, SignInOutcome.Wrong, person.Subject);
            return await ShowAsync(
                person, secret, to, page.Text("验证码不正确。", "The code is wrong."), StatusCodes.Status422UnprocessableEntity);
        }

        if (await people.EnrolAsync(person, codes.Protect(secret), step, ct) is not { } enrolled)
            return Results.Redirect(Addresses.Of(Addresses.SignIn, to));
        security.SignIn(http, Factor.SecondFactor, SignInOutcome.Passed, person.Subject);
        await attempts.ForgetAsync(counted, ct);
        return await SignInPages.ContinueAsync(http, sessions, enrolled, to, "pwd", "otp", "mfa");
    }

    private async Task<Person?> WhoAsync(HttpContext http) =>
        await sessions.CurrentAsync(http, Sessions.HalfScheme) is { Person: { IsStaff: true, TimedCodeSecret: null, OneTimePasswordUntil: not null } person } ? person : null;

    private Task<IResult> ShowAsync(Person person, string secret, string to, string? alert = null, int status = StatusCodes.Status200OK)
    {
        var address = QueryHelpers.AddQueryString(
            $"otpauth://totp/OneDoor:{Uri.EscapeDataString(person.UserName!)}", new Dictionary<string, string?> { ["secret"] = secret, ["issuer"] = "OneDoor" });
        var body = Html.Of(
            $"""
             {Page.Alert(alert)}
             <p>{page.Text("请用手机上的身份验证器应用扫描，或手工输入密钥。", "Scan this with an authenticator app on your phone, or type in the key.")}</p>
             {Picture(address)}
             <p class="middle"><a href="{address}">{page.Text("在本机的应用中打开", "Open it in an app on this device")}</a></p>
             <p class="show key">{string.Join(' ', secret.Chunk(4).Select(letters => new string(letters)))}</p>
             {page.Form(Addresses.NewSecondFactor, ("to", to), (Secret, codes.Seal(person, secret)))}
             {Page.Field(
                 Code, page.Text("验证码", "Code"), """class="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" """,
                 hint: page.Text("应用随即显示的 6 位数字。", "The 6 digits the app shows then."), isWrong: alert is not null)}
             <button>{page.Text("继续", "Continue")}</button>
             </form>
             """);
        return page.ShowAsync(page.Text("设置二次验证", "Set up the second factor"), body, Addresses.Of(Addresses.NewSecondFactor, to), status, leadsTo: to);
    }

    private Html Picture(string address)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        var (size, dark) = (code.ModuleMatrix.Count, new StringBuilder());
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                if (code.ModuleMatrix[y][x])
                    dark.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }

        var box = size.ToString(CultureInfo.InvariantCulture);
        return Html.Of(
            $"""<svg class="qr" role="img" aria-label="{page.Text("二维码", "QR code")}" viewBox="0 0 {box} {box}" shape-rendering="crispEdges"><rect width="{box}" height="{box}" fill="#fff"/><path d="{dark.ToString()}" fill="#000"/></svg>""");
    }
}
