using Microsoft.Extensions.Options;

namespace OneDoor.Identity.Keys;

/// <summary>Section <c>Keys</c>: how signing keys are kept and rotated.</summary>
public sealed class KeysOptions
{
    /// <summary>Protects the private keys in the database. Required outside Development; at least 32 characters, best from a random source.</summary>
    public string? Secret { get; set; }

    /// <summary>The secret before this one: opens the keys stored under it, which are then stored anew under this one.</summary>
    public string? PreviousSecret { get; set; }

    /// <summary>How long one key signs.</summary>
    public TimeSpan RotateEvery { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a key stands in the JWKS before it signs, so that every cache of the JWKS has it by then.</summary>
    public TimeSpan PublishAhead { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How often a process looks for keys that another one has published.</summary>
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromMinutes(1);
}

internal sealed class KeysOptionsRules(IHostEnvironment environment) : IValidateOptions<KeysOptions>
{
    public ValidateOptionsResult Validate(string? name, KeysOptions options)
    {
        if (options.Secret is null && !environment.IsDevelopment())
            return ValidateOptionsResult.Fail("Keys:Secret is required outside Development: it protects the signing keys in the database.");
        if (options.Secret is not null && !ConfiguredSecret.IsStrong(options.Secret))
            return ValidateOptionsResult.Fail($"Keys:Secret {ConfiguredSecret.Wanted}");
        if (options.RefreshEvery <= TimeSpan.Zero || options.PublishAhead < 5 * options.RefreshEvery)
            return ValidateOptionsResult.Fail("Keys:PublishAhead must be at least five times Keys:RefreshEvery: every process must know a key before it signs.");
        if (options.RotateEvery < 2 * options.PublishAhead)
            return ValidateOptionsResult.Fail("Keys:RotateEvery must be at least twice Keys:PublishAhead.");
        return ValidateOptionsResult.Success;
    }
}
