using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Npgsql;
using NpgsqlTypes;
using OneDoor.Applicants;
using OneDoor.Catalogue;

namespace OneDoor.Bench;

/// <summary>An application as the rival reads it: the same body.</summary>
public sealed record RivalRequest(string Item, Channel Channel, Applicant Applicant, string? Hall, JsonElement Materials, JsonElement Declaration, JsonElement Form, JsonElement Contact);

/// <summary>
/// What one would write with the bare framework: a Minimal API over Npgsql that checks the same token and stores one event
/// row, one view row and one idempotency row in one transaction. No rules, no catalogue, no history.
/// </summary>
public static class Rival
{
    public const string Tables = """
        create table if not exists rival_events (seq bigint generated always as identity primary key, stream uuid not null,
            version int not null, type text not null, data jsonb not null, at timestamptz not null default now(), unique (stream, version));
        create table if not exists rival_views (id uuid primary key, department text not null, submitted_by text not null, data jsonb not null);
        create index if not exists rival_views_department on rival_views (department, id);
        create table if not exists rival_keys (id text primary key, data jsonb not null);
        """;

    public static async Task Serve(string connection, string authority)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = 50, MaxAutoPrepare = 50, NoResetOnClose = true }));
        builder.Services.ConfigureHttpJsonOptions(json => PlatformJson.Configure(json.SerializerOptions));
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.Authority = authority;
            bearer.RequireHttpsMetadata = false;
            bearer.MapInboundClaims = false;
            bearer.TokenValidationParameters.ValidAudience = Claims.Audience;
            bearer.TokenValidationParameters.ValidTypes = ["at+jwt"];
        });
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.MapGet("/health/ready", () => "ready");
        app.MapPost("/v1/cases", Submit).RequireAuthorization();
        app.MapGet("/v1/cases/{id:guid}", Read).RequireAuthorization();
        app.MapGet("/v1/cases", List).RequireAuthorization();
        await app.RunAsync();
    }

    private static async Task<IResult> Submit(RivalRequest request, HttpContext http, NpgsqlDataSource database)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var department = http.User.FindFirstValue(Claims.Department)!;
        var subject = http.User.FindFirstValue("sub")!;
        var receipt = JsonSerializer.Serialize(new { id, status = "submitted", request }, PlatformJson.Options);
        var key = subject + http.Request.Headers["Idempotency-Key"];
        await using var connection = await database.OpenConnectionAsync();
        // One batch is one implicit transaction and one round trip.
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Insert("insert into rival_keys (id, data) values ($1, $2)", key, Json(receipt)));
        batch.BatchCommands.Add(Insert("insert into rival_events (stream, version, type, data) values ($1, 1, 'case_submitted', $2)", id, Json(receipt)));
        batch.BatchCommands.Add(Insert(
            "insert into rival_views (id, department, submitted_by, data) values ($1, $2, $3, $4)", id, department, subject, Json(receipt)));
        await batch.ExecuteNonQueryAsync();
        http.Response.Headers.ETag = "\"1\"";
        http.Response.Headers.Location = $"/v1/cases/{id}";
        return Results.Text(receipt, "application/json", statusCode: 201);
    }

    private static async Task<IResult> Read(Guid id, HttpContext http, NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select data from rival_views where id = $1 and (department = $2 or submitted_by = $3)");
        command.Parameters.Add(new() { Value = id });
        AddCaller(command, http);
        return await command.ExecuteScalarAsync() is string data ? Results.Text(data, "application/json") : Results.NotFound();
    }

    private static async Task<IResult> List(HttpContext http, NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            "select data from rival_views where department = $1 or submitted_by = $2 order by id desc limit 21");
        AddCaller(command, http);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> items = [];
        while (await reader.ReadAsync())
            items.Add(reader.GetString(0));
        return Results.Text($"{{\"items\":[{string.Join(',', items.Take(20))}]}}", "application/json");
    }

    private static void AddCaller(NpgsqlCommand command, HttpContext http)
    {
        command.Parameters.Add(new() { Value = http.User.FindFirstValue(Claims.Department)! });
        command.Parameters.Add(new() { Value = http.User.FindFirstValue("sub")! });
    }

    private static NpgsqlBatchCommand Insert(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }

    private static NpgsqlParameter Json(string text) => new() { Value = text, NpgsqlDbType = NpgsqlDbType.Jsonb };
}
