using System.Globalization;
using OneDoor.Identity.Pages;
using OneDoor.Identity.People;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.SignIn;

/// <summary>The pages on which someone signs in: name and password, second factor, done, signed out.</summary>
internal static class SignInPages
{
    public static void MapSignIn(this WebApplication app)
    {
        var tries = new Counted(_ => RequestLimits.Tries);
        app.MapGet(Addresses.SignIn, (string? to, SignInPage page) => page.ShowAsync(Addresses.Next(to)));
        app.MapPost(Addresses.SignIn, (SignInPage page, HttpContext http) => page.SubmitAsync(http)).WithMetadata(tries);
        app.MapGet(Addresses.SecondFactor, (string? to, SecondFactorPage page, HttpContext http) => page.ShowAsync(http, Addresses.Next(to)));
        app.MapPost(Addresses.SecondFactor, (SecondFactorPage page, HttpContext http) => page.SubmitAsync(http)).WithMetadata(tries);
        app.MapGet(Addresses.NewSecondFactor, (string? to, NewSecondFactorPage page, HttpContext http) => page.ShowAsync(http, Addresses.Next(to)));
        app.MapPost(Addresses.NewSecondFactor, (NewSecondFactorPage page, HttpContext http) => page.SubmitAsync(http)).WithMetadata(tries);
        app.MapGet(Addresses.Password, (string? to, PasswordPage page, HttpContext http) => page.ShowAsync(http, Addresses.Next(to, Addresses.PasswordChanged)));
        app.MapPost(Addresses.Password, (PasswordPage page, HttpContext http) => page.SubmitAsync(http)).WithMetadata(tries);
        app.MapGet(Addresses.PasswordChanged, (Page page) => page.ShowAsync(
            page.Text("密码已更改", "Password changed"),
            Html.Of($"<p>{page.Text("您已在其他所有地方退出登录。", "You have been signed out everywhere else.")}</p>{Page.Link(Addresses.SignedIn, page.Text("我的账户", "Your account"))}"),
            Addresses.PasswordChanged));
        app.MapGet(Addresses.SignedIn, DoneAsync);
        app.MapGet(Addresses.SignedOut, (Page page) => page.ShowAsync(
            page.Text("已退出登录", "Signed out"),
            Html.Of($"<p>{page.Text("您已退出登录。可以关闭此页面。", "You have signed out. You may close this page.")}</p>{Page.Link(Addresses.SignIn, page.Text("重新登录", "Sign in again"))}"),
            Addresses.SignedOut));
    }

    /// <summary>Signs in as far as these methods carry, and leads to what has to follow.</summary>
    public static async Task<IResult> ContinueAsync(HttpContext http, Sessions sessions, Person person, string to, params string[] methods)
    {
        await Sessions.EndAsync(http);
        await sessions.StartAsync(http, person, to, methods);
        if (Sessions.NeedsSecondFactor(person, methods))
            return Results.Redirect(Addresses.Of(person.TimedCodeSecret is null ? Addresses.NewSecondFactor : Addresses.SecondFactor, to));
        return Results.Redirect(person.OneTimePasswordUntil is null || Addresses.IsAt(to, Addresses.Password) ? to : Addresses.Of(Addresses.Password, to));
    }

    /// <summary>Says in the answer how long to wait, and gives the words for its page.</summary>
    public static string TooOften(HttpContext http, Page page, TimeSpan wait)
    {
        var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.RetryAfter = seconds;
        return page.Text($"尝试次数过多，请在 {seconds} 秒后重试。", $"Too many attempts. Try again in {seconds} seconds.");
    }

    private static async Task<IResult> DoneAsync(Page page, Sessions sessions, HttpContext http)
    {
        if (await sessions.CurrentAsync(http) is not { } session)
            return Results.Redirect(Addresses.Of(Addresses.SignIn, Addresses.SignedIn));
        return await page.ShowAsync(
            page.Text("已登录", "Signed in"),
            Html.Of($"""<p>{page.Text($"您已以{Text.Quoted(session.Person.DisplayName)}的身份登录。", $"You are signed in as {session.Person.DisplayName}.")}</p><p><a href="{Addresses.Password}">{page.Text("更改密码", "Change the password")}</a></p><p><a href="{Endpoints.Logout}">{page.Text("退出登录", "Sign out")}</a></p>"""),
            Addresses.SignedIn);
    }
}

/// <summary>Name and password.</summary>
internal sealed class SignInPage(
    Page page, Passwords passwords, PeopleAdministration people, SignInAttempts attempts, Sessions sessions, Sandbox sandbox, SecurityEvents security, TimeProvider time)
{
    public async Task<IResult> ShowAsync(string to, string? alert = null, string name = "", int status = StatusCodes.Status200OK)
    {
        var isWrong = alert is not null;
        var body = Html.Of(
            $"""
             {await page.AskingAsync(to) ?? Html.None}
             {Page.Alert(alert)}
             {page.Form(Addresses.SignIn, ("to", to))}
             {Page.Field("name", page.Text("用户名", "User name"), """autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="200" """, name, isWrong: isWrong)}
             {Page.Field("password", page.Text("密码", "Password"), """type="password" autocomplete="current-password" maxlength="200" """, isWrong: isWrong)}
             {page.Peek()}
             <button>{page.Text("登录", "Sign in")}</button>
             </form>
             {await page.CancelAsync(to)}
             {Hint()}
             """);
        return await page.ShowAsync(page.Text("登录", "Sign in"), body, Addresses.Of(Addresses.SignIn, to), status, leadsTo: to);
    }

    public async Task<IResult> SubmitAsync(HttpContext http)
    {
        if (!await page.IsOurFormAsync())
            return await page.ShowForeignFormAsync();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (to, name, ct) = (Addresses.Next(form["to"]), form["name"].ToString().Trim(), http.RequestAborted);
        var counted = SignInAttempts.Password(name, http.Connection.RemoteIpAddress);
        if (await attempts.TryAsync(counted, ct) is { } wait)
        {
            security.SignIn(http, Factor.Password, SignInOutcome.TooOften, "");
            return await ShowAsync(to, SignInPages.TooOften(http, page, wait), name, StatusCodes.Status429TooManyRequests);
        }

        var (named, isRight) = await passwords.CheckAsync(name, form["password"].ToString());
        if (!isRight || named is not { } person)
        {
            security.SignIn(http, Factor.Password, SignInOutcome.Wrong, named?.Subject ?? "");
            return await ShowAsync(
                to, page.Text("用户名或密码不正确。", "The user name or the password is wrong."), name, StatusCodes.Status422UnprocessableEntity);
        }

        await attempts.ForgetAsync(counted, ct);
        var barred = Barred(person);
        security.SignIn(http, Factor.Password, barred is null ? SignInOutcome.Passed : SignInOutcome.Barred, person.Subject);
        if (barred is not null)
            return await page.ShowErrorAsync(
                barred, StatusCodes.Status403Forbidden, Page.Link(Addresses.Of(Addresses.SignIn, to), page.Text("使用其他账户登录", "Sign in with another account")));
        return (person.OneTimePasswordUntil is null ? person : await people.UseOneTimePasswordAsync(person, ct)) is { } admitted
            ? await SignInPages.ContinueAsync(http, sessions, admitted, to, "pwd")
            : Results.Redirect(Addresses.Of(Addresses.SignIn, to));
    }

    /// <summary>Why someone is not let in although they know the password; told to nobody else.</summary>
    private string? Barred(Person person) =>
        person.DisabledBecause is not null ? page.Text("您的账户已停用，请联系服务大厅。", "Your account is disabled. Ask at a service hall.")
        : person.OneTimePasswordUntil <= time.GetUtcNow() ? page.Text("该一次性密码已过期，请重新索取。", "This one-time password has expired. Ask for another.")
        : null;

    private Html Hint() => !sandbox.Exists ? Html.None : Html.Of(
        $"""
         <div class="note"><p>{page.Text("沙箱环境，仅供开发。", "This is the sandbox, for development only.")}</p>
         <p>{page.Text("用户：", "Users: ")}<code>citizen</code> <code>enterprise</code> <code>clerk</code> <code>supervisor</code> <code>auditor</code><br>
         {page.Text("密码：", "Password: ")}<code>{SandboxPeople.Password}</code></p></div>
         """);
}

/// <summary>The code of the second factor, between the password and the session.</summary>
internal sealed class SecondFactorPage(Page page, TimedCodes codes, SignInAttempts attempts, Sessions sessions, SecurityEvents security)
{
    public async Task<IResult> ShowAsync(HttpContext http, string to) =>
        await sessions.CurrentAsync(http, Sessions.HalfScheme) is not { Person: { } person } ? Results.Redirect(Addresses.Of(Addresses.SignIn, to))
        : codes.IsLost(person) ? await ShowLostAsync(http, person)
        : await ShowAsync(person, to);

    public async Task<IResult> SubmitAsync(HttpContext http)
    {
        if (!await page.IsOurFormAsync())
            return await page.ShowForeignFormAsync();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (to, ct) = (Addresses.Next(form["to"]), http.RequestAborted);
        if (await sessions.CurrentAsync(http, Sessions.HalfScheme) is not { Person: { } person })
            return Results.Redirect(Addresses.Of(Addresses.SignIn, to));
        if (codes.IsLost(person))
            return await ShowLostAsync(http, person);
        var counted = SignInAttempts.SecondFactor(person.Id);
        if (await attempts.TryAsync(counted, ct) is { } wait)
        {
            security.SignIn(http, Factor.SecondFactor, SignInOutcome.TooOften, person.Subject);
            return await ShowAsync(person, to, SignInPages.TooOften(http, page, wait), StatusCodes.Status429TooManyRequests);
        }

        if (!await codes.TryUseAsync(person, form["code"], ct))
        {
            security.SignIn(http, Factor.SecondFactor, SignInOutcome.Wrong, person.Subject);
            return await ShowAsync(
                person, to, page.Text("验证码不正确或已用过。", "The code is wrong or has been used."), StatusCodes.Status422UnprocessableEntity);
        }

        security.SignIn(http, Factor.SecondFactor, SignInOutcome.Passed, person.Subject);
        await attempts.ForgetAsync(counted, ct);
        return await SignInPages.ContinueAsync(http, sessions, person, to, "pwd", "otp", "mfa");
    }

    // No code is right any more, and nobody but an operator can mend that.
    private Task<IResult> ShowLostAsync(HttpContext http, Person person)
    {
        security.SignIn(http, Factor.SecondFactor, SignInOutcome.Barred, person.Subject);
        return page.ShowErrorAsync(
            page.Text("系统已无法读取您的身份验证器密钥，请联系管理员重置。", "What your authenticator app was set up with can no longer be read here. Ask an operator to reset it."), StatusCodes.Status403Forbidden);
    }

    private async Task<IResult> ShowAsync(Person person, string to, string? alert = null, int status = StatusCodes.Status200OK)
    {
        var body = Html.Of(
            $"""
             {Page.Alert(alert)}
             {page.Form(Addresses.SecondFactor, ("to", to))}
             {Page.Field(
                 "code", page.Text("验证码", "Code"), """class="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" """,
                 hint: page.Text("身份验证器应用显示的 6 位数字。", "The 6 digits your authenticator app shows."), isWrong: alert is not null)}
             <button>{page.Text("继续", "Continue")}</button>
             </form>
             {await page.CancelAsync(to)}
             {Hint(person)}
             """);
        return await page.ShowAsync(page.Text("验证身份", "Confirm it is you"), body, Addresses.Of(Addresses.SecondFactor, to), status, leadsTo: to);
    }

    // Sandbox people exist in Development only: elsewhere the server does not start with one in the database.
    private Html Hint(Person person) => !person.IsSandbox || person.TimedCodeSecret is null ? Html.None : Html.Of(
        $"""
         <div class="note"><p>{page.Text("沙箱环境，仅供开发。", "This is the sandbox, for development only.")}</p>
         <p>{page.Text("当前验证码：", "The code now: ")}<code id="sandbox-code">{codes.Current(person)}</code><br>
         {page.Text("密钥：", "Secret: ")}<code>{SandboxPeople.TimedCodeSecret}</code></p></div>
         """);
}
