using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using GraphQL;
using GraphQL.Types;

namespace OneDoor.Graph;

/// <summary>
/// An object type made of a record: a field for each property that JSON shows, with the type and the nullability it has in C#
/// and the description of its docstring. What has to be loaded or translated is a field added by hand.
/// </summary>
/// <typeparam name="TSource">What fields are resolved from.</typeparam>
/// <typeparam name="TRecord">The record, which is the source or a part of it.</typeparam>
public class GraphShape<TSource, TRecord> : ObjectGraphType<TSource>
{
    /// <param name="name">The type's name in GraphQL.</param>
    /// <param name="record">Where in the source the record is.</param>
    /// <param name="without">Names of properties that GraphQL does not show, or not so.</param>
    public GraphShape(string name, Expression<Func<TSource, TRecord>> record, IReadOnlyList<string> without)
    {
        (Name, Description) = (name, Docstrings.Of(typeof(TRecord)));
        foreach (var property in GraphShape.Properties(typeof(TRecord)).ExceptBy(without, p => p.Name))
        {
            // Compiled, so that an answer costs no reflection.
            var value = Expression.Convert(Expression.Property(record.Body, property), typeof(object));
            AddField(new FieldType
            {
                Name = GraphShape.FieldName(property), Description = Docstrings.Of(property),
                Type = new TypeInformation(property, isInput: false).ConstructGraphType(),
                Resolver = new Shown(Expression.Lambda<Func<TSource, object?>>(value, record.Parameters).Compile()),
            });
        }
    }

    private sealed class Shown(Func<TSource, object?> value) : IShownResolver
    {
        public object? Of(object? source) => value((TSource)source!);

        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) => new(Of(context.Source));
    }
}

/// <summary>A record as GraphQL shows it where no capability says otherwise: whole, as an object type of its own name.</summary>
public sealed class GraphRecord<T>() : GraphShape<T, T>(typeof(T).Name, record => record, []);

/// <summary>The type of a field that shows any number of things, all of them there.</summary>
public static class GraphList
{
    public static Type Of<T>() => typeof(NonNullGraphType<ListGraphType<NonNullGraphType<GraphQLClrOutputTypeReference<T>>>>);
}

/// <summary>What a record shows.</summary>
internal static class GraphShape
{
    /// <summary>The properties that JSON shows.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsInJson);

    public static bool IsInJson(MemberInfo property) => property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition is not JsonIgnoreCondition.Always;

    public static string FieldName(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}

/// <summary>An input type made of a record: a field for each property that JSON takes, described as in <see cref="GraphShape{TSource, TRecord}"/>.</summary>
public sealed class GraphInput<T> : AutoRegisteringInputObjectGraphType<T>
{
    /// <param name="name">The type's name in GraphQL; the record's, with Input behind it, where none is said.</param>
    public GraphInput(string? name = null) => (Name, Description) = (name ?? $"{typeof(T).Name}Input", Docstrings.Of(typeof(T)));

    protected override IEnumerable<MemberInfo> GetRegisteredMembers() => base.GetRegisteredMembers().Where(GraphShape.IsInJson);

    protected override FieldType? CreateField(MemberInfo memberInfo)
    {
        var field = base.CreateField(memberInfo);
        field?.Description = Docstrings.Of((PropertyInfo)memberInfo);
        // What JSON may leave out although it is not null may be left out here, too.
        if (typeof(T).GetConstructors()[0].GetParameters().FirstOrDefault(p => p.Name == memberInfo.Name) is { HasDefaultValue: true, DefaultValue: { } usual })
            field?.DefaultValue = usual;
        return field;
    }
}
