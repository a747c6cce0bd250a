using System.Linq.Expressions;
using GraphQL.Builders;
using GraphQL.Types;

namespace OneDoor.Graph;

/// <summary>An object type whose every field says what it is.</summary>
public abstract class GraphObject<T> : ObjectGraphType<T>
{
    protected GraphObject(string name, string description) => (Name, Description) = (name, description);

    protected FieldBuilder<T, TValue> Has<TValue>(Expression<Func<T, TValue>> value, string description) => Field(value).Description(description);

    protected FieldBuilder<T, TValue> Has<TValue>(string name, Expression<Func<T, TValue>> value, string description) =>
        Field(name, value).Description(description);
}

/// <summary>An input type whose every field says what it is.</summary>
public abstract class GraphInput<T> : InputObjectGraphType<T>
{
    protected GraphInput(string name, string description) => (Name, Description) = (name, description);

    protected void Takes<TValue>(Expression<Func<T, TValue>> value, string description) => Field(value).Description(description);
}
