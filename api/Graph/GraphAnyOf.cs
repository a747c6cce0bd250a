using System.Linq.Expressions;
using System.Reflection;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace OneDoor.Graph;

/// <summary>An object type made of several records: a field for each property that any of them has, null where the one shown has none.</summary>
public sealed class GraphAnyOf : ObjectGraphType<object>
{
    /// <param name="name">The type's name in GraphQL.</param>
    /// <param name="description">What the records have in common.</param>
    /// <param name="records">The records, each with the name of its kind. What two call the same has one type.</param>
    public GraphAnyOf(string name, string description, IEnumerable<(string Kind, Type Record)> records)
    {
        (Name, Description) = (name, description);
        var properties = records.SelectMany(r => GraphShape.Properties(r.Record).Select(property => (r.Kind, Property: property)));
        foreach (var same in properties.GroupBy(p => GraphShape.FieldName(p.Property)))
        {
            var values = same.ToDictionary(p => p.Property.ReflectedType!, p => Value(p.Property));
            AddField(new FieldType
            {
                Name = same.Key, Description = DescriptionOf(same),
                Type = same.Select(p => Nullable(p.Property)).Distinct().Single(),
                Resolver = new FuncFieldResolver<object?>(context => values.GetValueOrDefault(context.Source!.GetType())?.Invoke(context.Source)),
            });
        }
    }

    // What means the same in all is said once.
    private static string DescriptionOf(IEnumerable<(string Kind, PropertyInfo Property)> same)
    {
        var texts = same.GroupBy(p => Docstrings.Of(p.Property), p => p.Kind).ToArray();
        return texts is [var only] ? only.Key! : string.Join(" ", texts.Select(text => $"{string.Join(", ", text)}: {text.Key}"));
    }

    private static Type Nullable(PropertyInfo property)
    {
        var type = new TypeInformation(property, isInput: false);
        (type.IsNullable, type.ListIsNullable) = (type.IsNullable || !type.IsList, true);
        return type.ConstructGraphType();
    }

    private static Func<object, object?> Value(PropertyInfo property)
    {
        var source = Expression.Parameter(typeof(object));
        var value = Expression.Property(Expression.Convert(source, property.ReflectedType!), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), source).Compile();
    }
}
