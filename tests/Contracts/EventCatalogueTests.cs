using System.Text.RegularExpressions;
using OneDoor.Cases;
using Xunit;

namespace OneDoor.Contracts;

public partial class EventCatalogueTests(Api api)
{
    [Fact]
    public void The_events_are_the_approved_ones() => Approved.Is("schema/events.md", EventCatalogue.Write(api.Store));

    [Fact]
    public void Every_fact_has_exactly_one_alias()
    {
        var mapped = EventCatalogue.Mapped(api.Store).ToLookup(e => e.Type, e => e.Alias);
        var facts = typeof(CaseFact).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.BaseType?.Name.EndsWith("Fact", StringComparison.Ordinal) == true);
        facts.Where(fact => mapped[fact].Count() != 1)
            .Select(fact => $"{fact.Name}: {string.Join(", ", mapped[fact].DefaultIfEmpty("none"))}")
            .MustBeEmpty("MapEventType names one alias for each fact:");
    }

    [Fact]
    public void An_alias_means_one_fact_and_is_snake_case()
    {
        var events = EventCatalogue.Mapped(api.Store);
        Assert.NotEmpty(events);
        events.GroupBy(e => e.Alias).Where(same => same.Count() > 1).Select(same => same.Key).MustBeEmpty("An alias of several facts:");
        events.Where(e => !SnakeCase().IsMatch(e.Alias)).Select(e => e.Alias).MustBeEmpty("Not in snake case:");
    }

    [Fact]
    public void Nothing_else_is_stored_as_an_event() =>
        api.Store.Options.Events.AllKnownEventTypes()
            .Where(e => e.EventType.Assembly.GetName().Name!.StartsWith("OneDoor", StringComparison.Ordinal))
            .Select(e => e.Alias)
            .Except(EventCatalogue.Mapped(api.Store).Select(e => e.Alias))
            .MustBeEmpty("Mapped, and no fact of a capability:");

    [GeneratedRegex(@"^[a-z]+(_[a-z0-9]+)*\z")]
    private static partial Regex SnakeCase();
}
