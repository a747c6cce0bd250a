namespace OneDoor.Identity.SignIn;

/// <summary>The pages on which people sign in and change what they sign in by.</summary>
internal static class SignInModule
{
    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddScoped<SignInPage>();
        services.AddScoped<SecondFactorPage>();
        services.AddScoped<NewSecondFactorPage>();
        services.AddScoped<PasswordPage>();
    }
}
