using System.Text.Json;

namespace OneDoor.Forms;

/// <summary>An answer as it is kept: its JSON as text, for it is personal as a whole and can be erased as a whole.</summary>
public static class AnswerText
{
    /// <summary>As it is kept.</summary>
    public static string Of(JsonElement answer) => JsonSerializer.Serialize(answer, PlatformJson.Options);

    /// <summary>Whether it is an object whose members have names, none of them with half a character.</summary>
    public static bool IsReadable(JsonElement answer)
    {
        try
        {
            return answer.ValueKind == JsonValueKind.Object && answer.EnumerateObject().All(member => member.Name is not null);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The answer; null where none was given or it has been erased.</summary>
    public static JsonElement? Read(string? kept)
    {
        if (kept is not ['{', ..])
            return null;
        return JsonSerializer.Deserialize<JsonElement>(kept);
    }

    /// <summary>What is left of it with some members only; as it is where it is erased or none was given.</summary>
    public static string? Only(string? kept, Func<string, bool> isLeft) => Read(kept) is not { } answer ? kept : JsonSerializer.Serialize(
        new Dictionary<string, JsonElement>(answer.EnumerateObject().Where(member => isLeft(member.Name)).Select(member => KeyValuePair.Create(member.Name, member.Value))), PlatformJson.Options);

    /// <summary>The answer with members changed: a new value, or, where that is null, no longer given.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="isMade">Which of them are made; all where nothing is said.</param>
    public static JsonElement With(JsonElement answer, JsonElement changes, Func<string, bool>? isMade = null)
    {
        var members = new OrderedDictionary<string, JsonElement>();
        foreach (var member in answer.EnumerateObject())
            members[member.Name] = member.Value;
        foreach (var change in changes.EnumerateObject().Where(change => isMade?.Invoke(change.Name) != false))
        {
            if (change.Value.ValueKind == JsonValueKind.Null)
                members.Remove(change.Name);
            else
                members[change.Name] = change.Value;
        }
        return JsonSerializer.SerializeToElement(members);
    }
}
