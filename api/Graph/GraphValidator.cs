using System.Runtime.CompilerServices;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace OneDoor.Graph;

/// <summary>
/// Validates documents. One that is known to be valid GraphQL.NET walks through twice for each request, to find its variables and its arguments: which fields
/// have any is noted when the document is validated.
/// </summary>
public sealed class GraphValidator : IDocumentValidator
{
    private readonly DocumentValidator _whole = new();
    private readonly ConditionalWeakTable<GraphQLOperationDefinition, List<(GraphQLField Field, FieldType Definition)>> _given = [];

    public Task<IValidationResult> ValidateAsync(in ValidationOptions options) =>
        options.Rules is null ? Validate(options)
        : _given.TryGetValue(options.Operation, out var given) && Read(options, given) is { } read ? Task.FromResult<IValidationResult>(read)
        : _whole.ValidateAsync(options);

    private async Task<IValidationResult> Validate(ValidationOptions options)
    {
        var noted = new Noted();
        var result = await _whole.ValidateAsync(options with { Rules = [.. DocumentValidator.CoreRules, noted] });
        if (result is { IsValid: true, DirectiveValues: null } && options.Document.Definitions.Count(definition => definition is GraphQLOperationDefinition) == 1)
            _given.AddOrUpdate(options.Operation, noted.Given);
        return result;
    }

    // Null where more has to be looked at: a variable that is not one value, is null or left out, or anything that is not taken, of which the whole says why.
    private static ValidationResult? Read(in ValidationOptions options, List<(GraphQLField Field, FieldType Definition)> given)
    {
        var variables = new Variables();
        try
        {
            foreach (var defined in options.Operation.Variables?.Items ?? [])
            {
                var name = defined.Variable.Name.StringValue;
                if ((defined.Type is GraphQLNonNullType { Type: var inner } ? inner : defined.Type) is not GraphQLNamedType type
                    || options.Schema.AllTypes[type.Name] is not ScalarGraphType scalar || !options.Variables.TryGetValue(name, out var value) || value is null)
                    return null;
                variables.Add(new(name, defined) { Value = scalar.ParseValue(value) });
            }
            var arguments = new Dictionary<GraphQLField, IDictionary<string, ArgumentValue>>(given.Count);
            foreach (var (field, definition) in given)
            {
                if (ExecutionHelper.GetArguments(definition.Arguments, field.Arguments, variables, options.Document, field, directive: null) is { } values)
                    arguments.Add(field, values);
            }
            return new() { Variables = variables, ArgumentValues = arguments };
        }
        catch (Exception)
        {
            return null;
        }
    }

    // Which fields of a document are given arguments.
    private sealed class Noted : ValidationRuleBase
    {
        public List<(GraphQLField Field, FieldType Definition)> Given { get; } = [];

        public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => new(new MatchingNodeVisitor<GraphQLField>((field, at) =>
        {
            if (field.Arguments?.Count > 0 && at.TypeInfo.GetFieldDef() is { } definition)
                Given.Add((field, definition));
        }));
    }
}
