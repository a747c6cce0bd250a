using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;

namespace OneDoor.Graph;

/// <summary>A refusal as an error of GraphQL.</summary>
public sealed class RefusalError(Refusal refusal, string language) : ExecutionError(GraphRefusals.InOwnWords(refusal).Title.In(language))
{
    public Refusal Refusal { get; } = GraphRefusals.InOwnWords(refusal);

    public string Language { get; } = language;
}

/// <summary>The one place where refusals and faults become errors of GraphQL: each with a stable code, none with a fault's words.</summary>
public sealed class GraphErrors(IHttpContextAccessor accessor, SecurityLog security) : ErrorInfoProvider
{
    public override ErrorInfo GetInfo(ExecutionError executionError)
    {
        var language = accessor.HttpContext is { } http ? Language.Of(http.Request) : "en";
        return executionError switch
        {
            RefusalError refused => Info(refused.Message, refused.Refusal, refused.Language),
            SyntaxError => Info(executionError.Message, GraphRefusals.Syntax, language),
            InvalidOperationError => Info(executionError.Message, GraphRefusals.OperationUnknown, language),
            ValidationError validation => Info(validation.Message, GraphRefusals.Validation, language, validation.Number),
            RequestError => Info(executionError.Message, GraphRefusals.BadRequest, language),
            _ => OfFault(executionError, language),
        };
    }

    private ErrorInfo OfFault(ExecutionError error, string language)
    {
        var refusal = GraphRefusals.InOwnWords(error.InnerException is { } fault ? StoreFaults.Of(fault) : RequestRefusals.Fault);
        return Info(refusal.Title.In(language), refusal, language);
    }

    private ErrorInfo Info(string message, Refusal refusal, string language, string? rule = null)
    {
        security.Refused(accessor.HttpContext, refusal);
        var extensions = new Dictionary<string, object?> { ["code"] = refusal.Code, ["status"] = refusal.Status };
        if (refusal.Detail is { } detail)
            extensions["detail"] = detail.In(language);
        if (refusal.Fields.Count > 0)
            extensions["errors"] = refusal.Fields.Select(f => JsonSerializer.SerializeToElement(RefusedField.Of(f, language), RestJson.Options)).ToArray();
        if (refusal.Instead is { } instead)
            extensions["instead"] = JsonSerializer.SerializeToElement(instead, RestJson.Options);
        if (rule is not null)
            extensions["rule"] = rule; // The rule's number in the GraphQL specification.
        return new ErrorInfo { Message = message, Extensions = extensions };
    }
}
