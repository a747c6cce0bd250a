using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OneDoor.Platform;

/// <summary>A group of operations in openapi.yaml; each capability registers its own.</summary>
/// <param name="Name">As routes name it in <c>WithTags</c>.</param>
/// <param name="Says">What it is, with the Chinese term.</param>
public sealed record ContractTag(string Name, string Says);

/// <summary>Writes into openapi.yaml what the conventions say of every route, so that no route has to.</summary>
public sealed class ContractFilter(IEnumerable<ContractTag> tags) : IOperationFilter, IDocumentFilter
{
    public const string OAuth = "oauth";

    private const int ExamplesShown = 3;

    // What holds of every answer of a status, whatever its code.
    private static readonly (string Said, Refusal Example)[] Refusals =
    [
        ("The request cannot be read: its body, a parameter or a header is not what the contract says. Nothing was done.", RequestRefusals.UnknownField.At("/colour")),
        ("There is no access token, or none that is taken.", RequestRefusals.TokenExpired),
        ("Whoever asks may not do this; the code says why not.", RequestRefusals.ScopeMissing),
        ("It does not exist, or not for whoever asks; the code says what.", RequestRefusals.RouteNotFound),
        ("It cannot be done as things stand; the code says why not. Nothing was done.", PlatformRefusals.KeyInUse),
        ("If-Match names no tag of the current version. Nothing was done.", RequestRefusals.Stale),
        ("The body is too large.", RequestRefusals.TooLarge),
        ("There is no such range of bytes in it.", PlatformRefusals.RangeNotSatisfiable),
        ("The body is of a media type, a charset or an encoding that is not taken.", RequestRefusals.MediaType),
        ("The body was damaged on its way. Nothing of it was kept.", PlatformRefusals.ChecksumMismatch),
        ("The request was understood and a rule refuses what it says; the code says which. Nothing was done.", PlatformRefusals.KeyReused),
        ("The change does not say which version it is based on.", RequestRefusals.IfMatchMissing),
        ("The client's limit is spent.", RequestRefusals.TooMany),
        ("The platform failed. Whether a change was made is not known: repeat it with its Idempotency-Key.", RequestRefusals.Fault),
        ("The platform is not available right now. Whether a change was made is not known: repeat it with its Idempotency-Key.", PlatformRefusals.Unavailable),
    ];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var needed = metadata.OfType<NeededScopes>().LastOrDefault();
        var changes = metadata.OfType<TakesIdempotencyKey>().Any();
        List<int> always = [429, 500, 503];
        if (needed is not null)
            always.AddRange([401, 403]);
        // For a parameter that it does not read.
        if (metadata.OfType<KnownParameters>().Any())
            always.Add(400);
        var answers = operation.Responses ?? [];
        operation.Responses = [];
        foreach (var status in answers.Keys.Concat(always.Select(Text)).Distinct().Order(StringComparer.Ordinal))
            operation.Responses[status] = status[0] is '4' or '5'
                ? new OpenApiResponseReference(Component(status), context.Document)
                : Succeeds(status, (OpenApiResponse)answers[status], changes, hasVersion: changes || answers.ContainsKey("304"), needed is null,
                    isList: operation.Parameters?.Any(p => p.Name == "after") == true, isReceipted: metadata.OfType<TakesIdempotencyKey>().Any(taken => taken.GivesReceipt));
        foreach (var header in metadata.OfType<AnswersHeader>())
            operation.Responses[Text(header.Status)].Headers![header.Name] = ResponseHeader(header.Says);

        // One of the scopes is enough, so each is a requirement of its own.
        operation.Security = [.. (needed?.Scopes ?? []).Select(scope =>
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(OAuth, context.Document)] = [scope] })];
        var instead = metadata.OfType<InsteadOfToken>().LastOrDefault();
        if (instead is not null || needed?.Unless is not null)
            operation.Security.Add(new OpenApiSecurityRequirement());
        var access = needed is null ? "Public: needs no token."
            : $"Needs one of the scopes {string.Join(", ", needed.Scopes)}{(instead is null ? "" : $", or {instead.Header}")}.{(needed.Unless is { } unless ? $" {unless}" : "")}";
        operation.Description = operation.Description is { } said ? $"{said} {access}" : access;
        DescribeParameters(operation, context, changes);
        if (metadata.OfType<TakesBytes>().LastOrDefault() is { } bytes)
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = bytes.MediaTypes.ToDictionary(type => type, IOpenApiMediaType (_) => Bytes()) };
        if (metadata.OfType<Example>().LastOrDefault() is { } example)
            Show(operation, example);
    }

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var problem = new OpenApiSchemaReference(nameof(Problem), swaggerDoc);
        context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository);
        foreach (var (said, refusal) in Refusals)
            swaggerDoc.AddComponent(Component(Text(refusal.Status)), Refuses(said, refusal, problem));
        swaggerDoc.Servers = [new OpenApiServer { Url = "/", Description = "This platform" }];
        swaggerDoc.Tags = new HashSet<OpenApiTag>(tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Says }));
        OfferScopes(swaggerDoc.Components!.SecuritySchemes![OAuth].Flows!, context);
    }

    // Those that operations ask for, and no other: identity refuses what it does not know, and systems what people do for themselves.
    private static void OfferScopes(OpenApiOAuthFlows flows, DocumentFilterContext context)
    {
        var asked = context.ApiDescriptions.SelectMany(route => route.ActionDescriptor.EndpointMetadata.OfType<NeededScopes>()).SelectMany(needed => needed.Scopes).ToHashSet();
        flows.AuthorizationCode!.Scopes = flows.AuthorizationCode.Scopes!.Where(scope => asked.Contains(scope.Key)).ToDictionary();
        flows.ClientCredentials!.Scopes = flows.AuthorizationCode.Scopes.Where(scope => !Scopes.OfPeople.Contains(scope.Key)).ToDictionary();
    }

    private static void DescribeParameters(OpenApiOperation operation, OperationFilterContext context, bool takesKey)
    {
        var parameters = (operation.Parameters ?? []).OfType<OpenApiParameter>().ToList();
        foreach (var parameter in parameters)
        {
            var info = (context.ApiDescription.ParameterDescriptions.FirstOrDefault(p => p.Name == parameter.Name)?.ParameterDescriptor
                as IParameterInfoParameterDescriptor)?.ParameterInfo;
            if (info?.GetCustomAttribute<DescriptionAttribute>() is { } said)
                parameter.Description = said.Description;
            parameter.Description ??= Conventional(parameter.Name);
            if (info?.GetCustomAttributes().OfType<IOneOf>().FirstOrDefault() is { } oneOf)
                parameter.Schema = context.SchemaGenerator.GenerateSchema(oneOf.Type, context.SchemaRepository);
            if (info is not null && KnownParameter.MostOf(info) is { } most && parameter.Schema is OpenApiSchema count)
                (count.Minimum, count.Maximum, count.Default) = ("1", Text(most), (int?)info.GetCustomAttribute<DefaultValueAttribute>()?.Value ?? PageRequest.Usual);
            // What reads itself from text is described as text.
            if (info?.ParameterType == typeof(InstantParameter) && parameter.Schema is OpenApiSchema instant)
                instant.Format = "date-time";
            if (info?.GetCustomAttribute<SeveralAttribute>() is not null)
                (parameter.Schema, parameter.Style, parameter.Explode) =
                    (new OpenApiSchema { Type = JsonSchemaType.Array, Items = parameter.Schema }, ParameterStyle.Form, false);
            if (parameter.Name == "If-Match")
                (parameter.Required, parameter.Example) = (true, "\"AAAAA2Vmc2x0YjRUX0d1a1JxX19tb0g4Zk9Ub3g2\"");
        }
        parameters.InsertRange(0, context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ReadsParameter>().Select(parameter => Filter(parameter, context)));
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<RoutePart>().FirstOrDefault() is { } part)
            parameters.Insert(1, PartOf(part));
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<InsteadOfToken>().LastOrDefault() is { } instead)
            parameters.Add(Header(instead.Header, instead.Says));
        if (takesKey)
            parameters.Add(Header(Idempotency.Header, "At most 255 printable characters, kept 48 hours: the same key and body get the same answer and happen once."));
        if (operation.Responses!.ContainsKey("304"))
            parameters.Add(Header("If-None-Match", "The ETag of what the client has; 304 when it is still current."));
        parameters.AddRange(context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<TakesHeader>().Select(header => Header(header.Name, header.Says, header.IsRequired)));
        parameters.Add(Header("Accept-Language", "zh-CN or en: the language of names, titles and details."));
        operation.Parameters = [.. parameters];
    }

    private static OpenApiParameter Filter(ReadsParameter parameter, OperationFilterContext context)
    {
        if (parameter.Header is { } header)
            return Header(header, parameter.Says);
        var schema = context.SchemaGenerator.GenerateSchema(parameter.Type, context.SchemaRepository);
        if (parameter.Type == typeof(bool) && schema is OpenApiSchema flag)
            flag.Default = false;
        // Clients are made from it that have several ids as texts.
        if (parameter.IsSeveral && parameter.Type == typeof(Guid) && schema is OpenApiSchema id)
            id.Format = null;
        return !parameter.IsSeveral ? new() { Name = parameter.Name, In = ParameterLocation.Query, Description = parameter.Says, Schema = schema } : new()
        {
            Name = parameter.Name, In = ParameterLocation.Query, Description = parameter.Says, Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema }, Style = ParameterStyle.Form, Explode = false,
        };
    }

    private static OpenApiParameter PartOf(RoutePart part) => new()
    {
        Name = part.Name, In = ParameterLocation.Path, Description = part.Says, Required = true,
        Schema = part.IsNumber ? new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" } : new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static string? Conventional(string? parameter) => parameter switch
    {
        "id" => "Its id.",
        "number" => "Its number.",
        "first" => "Entries per page, 1 to 100; 20 when left out.",
        "after" => "The cursor in the next of the page before.",
        "count" => "true: the answer says how many entries the whole list has.",
        "If-Match" => "The ETag last read: the version the change is based on. Any tag of the current version will do.",
        _ => null,
    };

    private static OpenApiParameter Header(string name, string description, bool isRequired = false) => new()
    {
        Name = name, In = ParameterLocation.Header, Description = description, Required = isRequired, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static string Component(string status) => "Problem" + status;

    private static OpenApiResponse Succeeds(string status, OpenApiResponse response, bool changes, bool hasVersion, bool isPublic, bool isList, bool isReceipted)
    {
        response.Description = status switch { "201" => "Created", "206" => "The range that was asked for", "304" => "Not modified since", _ => "Done" };
        response.Headers = EveryAnswersHeaders();
        // What is no JSON is a file, whatever record it is drawn from.
        foreach (var type in (response.Content?.Keys ?? []).Where(type => type != "application/json").ToArray())
            response.Content![type] = Bytes();
        if (hasVersion)
            response.Headers["ETag"] = ResponseHeader(isPublic
                ? "Opaque and weak. For If-None-Match."
                : "Opaque; of this version as this reader is shown it in this language. For If-Match and If-None-Match.");
        if (isList)
            response.Headers["Link"] = ResponseHeader("The next page, rel=\"next\"; absent on the last.");
        if (status is "201" or "202")
            response.Headers["Location"] = ResponseHeader("The address of what is new.");
        if (changes)
            response.Headers[Idempotency.Replayed] = ResponseHeader("true when the request had happened before and this is its answer.");
        if (isReceipted)
            response.Headers[Answer.ReceiptHeader] = ResponseHeader("What the platform signs for: a compact JWS (ES256) over the thing, version, digest, at, and includedBy, by when the log has it.");
        return response;
    }

    private static OpenApiMediaType Bytes() =>
        new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" }, Example = "…" };

    private static OpenApiResponse Refuses(string said, Refusal refusal, IOpenApiSchema problem)
    {
        var headers = EveryAnswersHeaders();
        if (refusal.Status is 409 or 429 or 503)
            headers["Retry-After"] = ResponseHeader("Seconds to wait.");
        if (refusal.Status == 412)
            headers["ETag"] = ResponseHeader("The tag of what the reader would be shown now.");
        if (refusal.Status == 416)
            headers["Content-Range"] = ResponseHeader("How many bytes there are, for instance bytes */482133.");
        if (refusal.Status == 401)
            headers["WWW-Authenticate"] = ResponseHeader("The scheme and, with a token, what is wrong with it (RFC 6750).");
        if (refusal.Status == 415)
            headers["Accept-Encoding"] = ResponseHeader("identity, where the body was encoded.");
        var others = ErrorPages.All.Values.Where(other => other.Status == refusal.Status && other.Code != refusal.Code && !other.Code.StartsWith("graphql.", StringComparison.Ordinal));
        return new OpenApiResponse
        {
            Description = said,
            Headers = headers,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [Problems.ContentType] = new OpenApiMediaType
                {
                    Schema = problem,
                    Examples = others.OrderBy(other => other.Code, StringComparer.Ordinal).Prepend(refusal).Take(ExamplesShown).ToDictionary(shown => shown.Code, Shown),
                },
            },
        };
    }

    private static IOpenApiExample Shown(Refusal refusal) => new OpenApiExample
    {
        Value = JsonSerializer.SerializeToNode(Problems.Of(refusal, "en", "4bf92f3577b34da6a3ce929d0e0e4736"), RestJson.Options),
    };

    private static Dictionary<string, IOpenApiHeader> EveryAnswersHeaders() => new()
    {
        ["Request-Id"] = ResponseHeader("Names the request in the platform's traces; the traceId of a problem."),
        ["RateLimit"] = ResponseHeader("What is left of the client's limit, for instance \"client\";r=5999;t=42."),
        ["RateLimit-Policy"] = ResponseHeader("The limit, for instance \"client\";q=6000;w=60."),
    };

    private static OpenApiHeader ResponseHeader(string description) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static void Show(OpenApiOperation operation, Example example)
    {
        if (example.Request is not null && operation.RequestBody?.Content?.Values.FirstOrDefault() is OpenApiMediaType request)
            request.Example = JsonSerializer.SerializeToNode(example.Request, RestJson.Options);
        var success = operation.Responses!.First(r => r.Key[0] == '2').Value;
        if (success.Content?.Values.FirstOrDefault() is OpenApiMediaType answer)
            answer.Example = JsonSerializer.SerializeToNode(example.Answer, RestJson.Options);
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
