using System.Text.Json;

namespace OneDoor.Feed;

/// <summary>What the documentation shows of the feed.</summary>
internal static class FeedExamples
{
    private const string Source = "https://onedoor.example", Type = "onedoor.case.step-opened";

    public static readonly CloudEvent StepOpened = new(
        "1.0", Guid.Parse("0199c1a4-6f00-7aaa-8000-000000000001"), Source, Type, "/v1/cases/0199c1a4-6eff-7aaa-8000-000000000001",
        new(2026, 3, 9, 10, 0, 0, TimeSpan.FromHours(8)), "application/json", KnownTypes.SchemaOf(Source, Type), "4711",
        JsonSerializer.SerializeToElement(new { id = "0199c1a4-6eff-7aaa-8000-000000000001", number = "ESTABLISHMENT-20260309-000001", status = "accepted", version = 3 }));

    public static readonly EventPage Page = new([StepOpened], "hT3m0b7kq2p1m4m2m5m8oTQ3MTE");

    public static readonly EventTypes Types = new([new(Type, "A step can be decided: its predecessors are granted.", KnownTypes.SchemaOf(Source, Type))]);
}
