using OneDoor.Identity.Pages;
using OneDoor.Identity.People;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.SignIn;

/// <summary>
/// <c>/password</c>: someone chooses their own password, either signed in, and then they prove it by the one they have; or
/// on the way there, when an operator has set theirs.
/// </summary>
internal sealed class PasswordPage(
    Page page, Passwords passwords, PeopleAdministration people, SignInAttempts attempts, Sessions sessions, SecurityEvents security)
{
    private const string Current = "current";
    private const string New = "new";
    private const string Again = "again";

    public async Task<IResult> ShowAsync(HttpContext http, string to) => await WhoAsync(http) is { } session
        ? session.Person.IsSandbox ? await RefuseSandboxAsync() : await ShowAsync(session.Person, to)
        : Results.Redirect(Addresses.Of(Addresses.SignIn, Addresses.Of(Addresses.Password, to)));

    public async Task<IResult> SubmitAsync(HttpContext http)
    {
        if (!await page.IsOurFormAsync())
            return await page.ShowForeignFormAsync();
        var (form, ct) = (await http.Request.ReadFormAsync(http.RequestAborted), http.RequestAborted);
        var to = Addresses.Next(form["to"], Addresses.PasswordChanged);
        if (await WhoAsync(http) is not { Person: { } person } session)
            return Results.Redirect(Addresses.Of(Addresses.SignIn, to));
        if (person.IsSandbox)
            return await RefuseSandboxAsync();
        if (person.OneTimePasswordUntil is null)
        {
            var counted = SignInAttempts.Password(person.UserName!, http.Connection.RemoteIpAddress);
            if (await attempts.TryAsync(counted, ct) is { } wait)
            {
                security.SignIn(http, Factor.Password, SignInOutcome.TooOften, person.Subject);
                return await ShowAsync(person, to, SignInPages.TooOften(http, page, wait), Current, StatusCodes.Status429TooManyRequests);
            }

            if (await passwords.CheckAsync(person.UserName!, form[Current].ToString()) is not { IsRight: true })
            {
                security.SignIn(http, Factor.Password, SignInOutcome.Wrong, person.Subject);
                return await ShowAsync(person, to, page.Text("当前密码不正确。", "The current password is wrong."), Current);
            }

            await attempts.ForgetAsync(counted, ct);
        }

        var chosen = form[New].ToString();
        if (passwords.Refused(person, chosen) is { } refused)
            return await ShowAsync(person, to, page.Text(refused.Zh, refused.En), New);
        if (form[Again] != chosen)
            return await ShowAsync(person, to, page.Text("两次输入的密码不同。", "The two passwords differ."), Again);
        if (await people.ChangePasswordAsync(person, chosen, ct) is not { } changed)
            return Results.Redirect(Addresses.Of(Addresses.SignIn, to));
        await Sessions.EndAsync(http);
        await sessions.StartAsync(http, changed, to, [.. session.Methods]);
        return Results.Redirect(to);
    }

    /// <summary>Whoever is signed in; or has done so by an operator's password and, staff, by the second factor.</summary>
    private async Task<Session?> WhoAsync(HttpContext http) =>
        await sessions.CurrentAsync(http) ??
        (await sessions.CurrentAsync(http, Sessions.HalfScheme) is { Person.OneTimePasswordUntil: not null } half && !Sessions.NeedsSecondFactor(half.Person, half.Methods) ? half : null);

    private Task<IResult> RefuseSandboxAsync() =>
        page.ShowErrorAsync(page.Text("沙箱用户的密码是公开的，不能更改。", "The passwords of the sandbox are public and stay as they are."), StatusCodes.Status403Forbidden);

    private Task<IResult> ShowAsync(Person person, string to, string? alert = null, string wrong = "", int status = StatusCodes.Status422UnprocessableEntity)
    {
        const string password = """type="password" autocomplete="new-password" maxlength="200" """;
        var current = person.OneTimePasswordUntil is not null ? Html.None : Page.Field(
            Current, page.Text("当前密码", "Current password"), """type="password" autocomplete="current-password" maxlength="200" """, isWrong: wrong == Current);
        var hint = page.Text($"至少 {Passwords.Shortest} 个字符，不含用户名。几个不相关的词连在一起，好记又安全。", $"At least {Passwords.Shortest} characters, without the user name. A few unrelated words are easy to remember.");
        var body = Html.Of(
            $"""
             {Page.Alert(alert)}
             {page.Form(Addresses.Password, ("to", to))}
             <input type="hidden" name="name" autocomplete="username" value="{person.UserName}">
             {current}
             {Page.Field(New, page.Text("新密码", "New password"), password, hint: hint, isWrong: wrong == New)}
             {Page.Field(Again, page.Text("再次输入新密码", "New password again"), password, isWrong: wrong == Again)}
             {page.Peek()}
             <button>{page.Text("更改密码", "Change the password")}</button>
             </form>
             """);
        return page.ShowAsync(
            page.Text("设置新密码", "Choose a new password"), body, Addresses.Of(Addresses.Password, to), alert is null ? StatusCodes.Status200OK : status, leadsTo: to);
    }
}
