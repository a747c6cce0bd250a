using System.ComponentModel.DataAnnotations;

namespace OneDoor.Wire;

/// <summary>The configuration's sections as records, read at the start.</summary>
public static class Settings
{
    /// <exception cref="InvalidOperationException">A value is not of its type or out of its bounds; the message names the setting.</exception>
    public static T Read<T>(this IConfiguration configuration, string section) where T : class, new()
    {
        var options = configuration.GetSection(section).Get<T>() ?? new T();
        List<ValidationResult> wrong = [];
        return Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true)
            ? options
            : throw new InvalidOperationException($"{section}: {string.Join(' ', wrong.Select(w => w.ErrorMessage))}");
    }
}
