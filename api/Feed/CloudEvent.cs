using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneDoor.Feed;

/// <summary>Something that happened (事件), as a CloudEvent 1.0.</summary>
/// <param name="SpecVersion">1.0.</param>
/// <param name="Id">The event's own, whoever is told of it: who has had it before has had it.</param>
/// <param name="Source">The platform's address.</param>
/// <param name="Type">What happened, for instance <c>onedoor.case.step-opened</c>.</param>
/// <param name="Subject">Address of the thing to which it happened, on the platform.</param>
/// <param name="Time">When it happened.</param>
/// <param name="DataContentType">application/json.</param>
/// <param name="DataSchema">Where the JSON Schema of its data is.</param>
/// <param name="Sequence">Its place in the order of all events, as a decimal number. There are gaps: of others one is not told.</param>
/// <param name="Data">The thing as of the event, as far as the reader may see it, with the version that the event led to.</param>
/// <param name="Sample">True of what its reader asked for in the sandbox: it has not happened. Absent of everything else.</param>
public sealed record CloudEvent(
    [property: JsonPropertyName("specversion")] string SpecVersion, Guid Id, string Source, string Type, string Subject, DateTimeOffset Time,
    [property: JsonPropertyName("datacontenttype")] string DataContentType, [property: JsonPropertyName("dataschema")] string DataSchema, string Sequence, JsonElement Data,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Sample = null);

/// <summary>A page of the feed.</summary>
/// <param name="Items">In the order in which they were committed.</param>
/// <param name="Next">The cursor to go on from; at the end the one that was sent. A page without events may move it, too.</param>
public sealed record EventPage(IReadOnlyList<CloudEvent> Items, string Next);

/// <summary>A type of events.</summary>
/// <param name="Type">As events name it.</param>
/// <param name="Meaning">What has happened.</param>
/// <param name="DataSchema">Where the JSON Schema of its data is.</param>
public sealed record EventType(string Type, string Meaning, [property: JsonPropertyName("dataschema")] string DataSchema);

/// <summary>The types of events, by name.</summary>
public sealed record EventTypes(IReadOnlyList<EventType> Items);
