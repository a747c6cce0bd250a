using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Contracts;

/// <summary>What is mapped and what is described are the same.</summary>
public class RouteTests(Api api)
{
    private IReadOnlyList<RouteEndpoint> Routes
    {
        get
        {
            List<RouteEndpoint> routes =
            [
                .. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                    .Where(e => e.RoutePattern.RawText is { } path && path.TrimStart('/').StartsWith("v1/", StringComparison.Ordinal)),
            ];
            Assert.NotEmpty(routes);
            return routes;
        }
    }

    [Fact]
    public void Every_route_says_who_may_ask() =>
        Routes.Where(route => !(IsPublic(route) ^ IsSecured(route)))
            .Select(route => route.DisplayName ?? route.RoutePattern.RawText!)
            .MustBeEmpty("Needs(scopes) or AllowAnonymous, and not both:");

    [Fact]
    public async Task Every_route_is_described_and_every_description_has_its_route()
    {
        var described = Operation.All(await api.Document()).Select(o => o.Name).Where(name => name.Contains(" /v1/", StringComparison.Ordinal)).ToHashSet();
        var mapped = Routes.SelectMany(route => Methods(route).Select(method => $"{method} {Described(route)}")).ToHashSet();
        // With OPTIONS a client of tus asks what the protocol can; its specification describes that.
        mapped.Except(described).Except(["OPTIONS /v1/uploads"]).MustBeEmpty("Mapped, and not in openapi.yaml:");
        described.Except(mapped).MustBeEmpty("In openapi.yaml, and not mapped:");
    }

    [Fact]
    public async Task The_described_scopes_are_those_that_are_asked_for()
    {
        var operations = Operation.All(await api.Document()).ToDictionary(o => o.Name);
        Routes.SelectMany(route => Methods(route).Select(method => (Route: route, Name: $"{method} {Described(route)}")))
            .Where(r => operations.ContainsKey(r.Name))
            .Where(r => !operations[r.Name].Scopes.Order().SequenceEqual((r.Route.Metadata.GetMetadata<NeededScopes>()?.Scopes ?? []).Order()))
            .Select(r => r.Name)
            .MustBeEmpty("Scopes in openapi.yaml and in the policy differ:");
    }

    private static bool IsPublic(RouteEndpoint route) => route.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static bool IsSecured(RouteEndpoint route) =>
        route.Metadata.GetMetadata<NeededScopes>() is { Scopes.Count: > 0 }
        && (route.Metadata.GetMetadata<AuthorizationPolicy>() is not null || route.Metadata.GetMetadata<IAuthorizeData>() is not null);

    private static IReadOnlyList<string> Methods(RouteEndpoint route) => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"];

    // /v1/cases/{id:guid} is described as /v1/cases/{id}.
    private static string Described(RouteEndpoint route) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            _ => part.ToString(),
        }))));
}
