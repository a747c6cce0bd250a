using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQLParser.AST;

namespace OneDoor.Graph;

/// <summary>
/// Where a scalar's form is specified, as GraphQL of October 2021 tells it: by <c>@specifiedBy</c> in the schema's text and by
/// <c>specifiedByURL</c> in introspection. GraphQL.NET has neither.
/// </summary>
public static class SpecifiedBy
{
    private const string Name = "specifiedBy", Url = "url";

    public static void Register(Schema schema) => schema.Directives.Register(new Directive(Name, DirectiveLocation.Scalar)
    {
        Description = "Where the form of this scalar is specified.",
        Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<StringGraphType>> { Name = Url, Description = "The specification's address." }),
    });

    public static void Apply(ScalarGraphType scalar, string url) => scalar.ApplyDirective(Name, Url, url);

    public static void Show(ISchema schema)
    {
        var type = (IComplexGraphType)schema.AllTypes["__Type"]!;
        type.AddField(new FieldType
        {
            Name = "specifiedByURL", Description = "Scalars: where their form is specified.", ResolvedType = schema.AllTypes["String"],
            Resolver = new FuncFieldResolver<object?>(context => (context.Source as ScalarGraphType)?.FindAppliedDirective(Name)?.FindArgument(Url)?.Value),
        });
        // No argument of a directive is deprecated, but tools ask.
        var arguments = ((IComplexGraphType)schema.AllTypes["__Directive"]!).GetField("args")!;
        arguments.Arguments ??= new QueryArguments();
        arguments.Arguments.Add(new QueryArgument<BooleanGraphType>
        {
            Name = "includeDeprecated", Description = "Deprecated ones as well.", DefaultValue = false, ResolvedType = schema.AllTypes["Boolean"],
        });
    }
}
