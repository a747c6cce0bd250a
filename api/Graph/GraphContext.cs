using GraphQL;

namespace OneDoor.Graph;

/// <summary>What resolvers need to know of the request.</summary>
public static class GraphContext
{
    public const string LanguageKey = "language", TurnsKey = "turns";

    public static string Language(this IResolveFieldContext context) => (string)context.UserContext[LanguageKey]!;

    public static T Service<T>(this IResolveFieldContext context) where T : notnull => context.RequestServices!.GetRequiredService<T>();

    /// <summary>What the log of reads calls the field.</summary>
    public static string Operation(this IResolveFieldContext context) => $"{context.ParentType.Name}.{context.FieldDefinition.Name}";

    /// <summary>Notes that the field shows things to the caller, as <see cref="ReadLog"/> calls them.</summary>
    public static void NoteRead(this IResolveFieldContext context, string kind, params IEnumerable<Guid> things) =>
        context.Service<ReadLog>().Note(context.Service<Caller>().Actor, context.Operation(), kind, things);

    /// <summary>The refusal as an error at the field.</summary>
    public static RefusalError Refused(this IResolveFieldContext context, Refusal refusal) => new(refusal, context.Language());

    /// <summary>What was found; why it was not as an error at the field.</summary>
    public static T Found<T>(this IResolveFieldContext context, (T? Found, Refusal? Refused) answer) where T : class =>
        answer.Refused is { } refused ? throw context.Refused(refused) : answer.Found!;

    /// <summary>What was found, and null where there is no such thing; why else it was not as an error at the field.</summary>
    public static T? FoundOrNull<T>(this IResolveFieldContext context, (T? Found, Refusal? Refused) answer) where T : class =>
        answer.Refused is { Status: StatusCodes.Status404NotFound } ? null : context.Found(answer);
}
