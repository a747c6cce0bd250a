using System.Text.Json;

namespace OneDoor.Forms;

/// <summary>What somebody answered before, offered to themselves again (JOINT-4).</summary>
/// <param name="Value">The answer, which is still valid.</param>
/// <param name="Case">Id of the case it was given in.</param>
public sealed record Offered(JsonElement Value, Guid Case)
{
    /// <summary>What of earlier answers can be offered to a form: fields that mean the same in both, and answers that are still valid.</summary>
    /// <param name="form">The form that is filled in.</param>
    /// <param name="before">Earlier answers with the forms they were given to, the latest first.</param>
    /// <param name="today">The day, China Standard Time.</param>
    public static IReadOnlyDictionary<string, Offered> To(Form form, IEnumerable<(Form Form, JsonElement Answer, Guid Case)> before, DateOnly today)
    {
        var offered = new Dictionary<string, Offered>();
        foreach (var (other, answer, @case) in before)
            foreach (var field in form.Fields.Where(field => field.Prefill && !offered.ContainsKey(field.Name)))
                if (other.Fields.Any(same => same.Prefill && (same.Name, same.Type) == (field.Name, field.Type)) && answer.TryGetProperty(field.Name, out var value) && IsValid(form, field, value, today))
                    offered.Add(field.Name, new(value, @case));
        return offered;
    }

    private static bool IsValid(Form form, Field field, JsonElement value, DateOnly today) => FormAnswer.Refusals(
        form with { Fields = [field with { When = [] }], Checks = [] }, JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [field.Name] = value }), today).Count == 0;
}
