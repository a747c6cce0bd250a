using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using JasperFx;
using JasperFx.Events;
using Marten;
using Marten.Services;
using Npgsql;
using Weasel.Core;

namespace OneDoor.Platform;

/// <summary>Where the event store is.</summary>
public sealed record StoreOptions
{
    /// <summary>Longest wait for an answer of the database, in seconds; then the client hears 503.</summary>
    [Range(1, 3600)]
    public int CommandTimeoutSeconds { get; init; } = 10;

    /// <summary>Connections to the database at most, per process.</summary>
    [Range(1, 10_000)]
    public int MaxConnections { get; init; } = 50;

    /// <summary>How far this machine's clock and the database's may be apart, in seconds, for the process to count as ready and to sweep.</summary>
    [Range(1, int.MaxValue)]
    public int ClockToleranceSeconds { get; init; } = 30;
}

/// <summary>The event store: Marten on PostgreSQL, in the schema <c>onedoor</c>.</summary>
public static class Store
{
    public const string Schema = "onedoor";

    /// <param name="isMigration">Nobody waits for an answer: a statement takes as long as it takes.</param>
    public static void AddStore(this WebApplicationBuilder builder, bool isMigration = false)
    {
        var options = OptionsOf(builder.Configuration);
        var connection = new NpgsqlConnectionStringBuilder(ConnectionOf(builder.Configuration))
        {
            ApplicationName = "onedoor-api",
            CommandTimeout = isMigration ? 0 : options.CommandTimeoutSeconds,
            // A request that waits longer for a connection than for an answer is better told to come back.
            Timeout = options.CommandTimeoutSeconds,
            MaxPoolSize = options.MaxConnections,
            MaxAutoPrepare = 50,
            // Nothing here changes a connection's state beyond its transaction, so there is nothing to put back between two uses.
            NoResetOnClose = true,
            WriteBufferSize = 32 * 1024, // All that a command writes (a submission: 14 KB) leaves in one piece.
        }.ConnectionString;
        builder.Services.AddSingleton(_ => new NpgsqlDataSourceBuilder(connection) { Name = "onedoor-api" }.Build());
        builder.Services.AddMarten(services =>
        {
            var marten = new Marten.StoreOptions();
            marten.Connection(services.GetRequiredService<NpgsqlDataSource>());
            marten.DatabaseSchemaName = Schema;
            // Schema changes are a command of their own: see SchemaCommand.
            marten.AutoCreateSchemaObjects = AutoCreate.None;
            marten.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, StoredJson);
            services.GetRequiredService<PersonalParts>().AddTo(marten);
            marten.Listeners.Add(services.GetRequiredService<Settled>().OfCommits);
            marten.Events.StreamIdentity = StreamIdentity.AsGuid;
            marten.Events.AppendMode = EventAppendMode.Quick;
            marten.Events.UseIdentityMapForAggregates = true;
            // What is found by lists is written beside what is folded.
            marten.Events.EnableSideEffectsOnInlineProjections = true;
            // For the trace of what brought a fact about; nothing else stands there (KeptTrace).
            marten.Events.MetadataConfig.HeadersEnabled = true;
            marten.Events.TimeProvider = services.GetRequiredService<TimeProvider>();
            // The one who asks decides whether to ask again: a second try of ours could not tell whether the first was committed.
            marten.ConfigurePolly(_ => { });
            marten.ConfigureWritePolly(_ => { });
            marten.DisableNpgsqlLogging = true;
            marten.Logger(new Silence());
            marten.Schema.For<StoreSecret>();
            marten.Storage.ExtendedSchemaObjects.Add(Idempotency.Answers);
            marten.Storage.ExtendedSchemaObjects.Add(FoundTable.Table);
            return marten;
        }).UseLightweightSessions();
        AddSecrets(builder.Services);
        builder.Services.AddSingleton<PersonalParts>().AddSingleton<StoredFacts>();
        builder.Services.AddSingleton<SeparatePersonalData>().AddSingleton<ErasePersonalData>();
        builder.Services.AddSingleton(Idempotency.TakeOver);
        builder.Services.AddScoped<Idempotency>();
        builder.Services.AddScoped<ChangeTools>();
        builder.Services.AddScoped<ReadingTools>();
        AddNews(builder.Services);
        builder.Services.AddSingleton<FoundTable>();
        builder.Services.AddSingleton(FoundTable.Tuning);
        builder.Services.AddSingleton<Rebuild>().AddSingleton<Parked>();
        builder.Services.AddHostedService<SchemaGuard>();
        builder.Services.AddSingleton(builder.Configuration.Read<SweepOptions>("Sweep"));
        builder.Services.AddHostedService<Sweeps>();
    }

    // What is signed with the store's own key, which all processes share.
    private static void AddSecrets(IServiceCollection services)
    {
        services.AddSingleton<StoreSecrets>();
        services.AddSingleton(provider => new Cursors(provider.GetRequiredService<StoreSecrets>().Key));
        services.AddSingleton(provider => new Etags(provider.GetRequiredService<StoreSecrets>().Key));
    }

    // What tells of what is committed.
    private static void AddNews(IServiceCollection services)
    {
        services.AddSingleton<Settled>();
        services.AddHostedService(provider => provider.GetRequiredService<Settled>());
        services.AddSingleton<Committed>();
        services.AddHostedService(provider => provider.GetRequiredService<Committed>());
        services.AddSingleton(typeof(News<,>));
    }

    public static string ConnectionOf(IConfiguration configuration)
    {
        var connection = configuration.GetConnectionString("OneDoor");
        if (string.IsNullOrWhiteSpace(connection))
            throw new InvalidOperationException("ConnectionStrings__OneDoor is not set: it names the PostgreSQL database to use.");
        return DatabaseConnections.Names(connection)
            ? connection
            : throw new InvalidOperationException("ConnectionStrings__OneDoor is no connection string of PostgreSQL, for instance Host=db;Database=onedoor;Username=onedoor;Password=…");
    }

    public static StoreOptions OptionsOf(IConfiguration configuration) => configuration.Read<StoreOptions>("Store");

    // Stored JSON outlives the code that wrote it: unlike a request it may hold fields that today's types no longer have,
    // or lack some. Enum members are stored by their names.
    private static void StoredJson(JsonSerializerOptions json)
    {
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}

/// <summary>
/// The store's own log writes a failed statement's parameters, which hold people's names and numbers. Faults are logged
/// by whoever asked the store.
/// </summary>
public sealed class Silence : IMartenLogger, IMartenSessionLogger
{
    public IMartenSessionLogger StartSession(IQuerySession session) => this;

    public void SchemaChange(string sql)
    {
    }

    public void LogSuccess(NpgsqlCommand command)
    {
    }

    public void LogFailure(NpgsqlCommand command, Exception ex)
    {
    }

    public void LogSuccess(NpgsqlBatch batch)
    {
    }

    public void LogFailure(NpgsqlBatch batch, Exception ex)
    {
    }

    public void LogFailure(Exception ex, string message)
    {
    }

    public void RecordSavedChanges(IDocumentSession session, IChangeSet commit)
    {
    }

    public void OnBeforeExecute(NpgsqlCommand command)
    {
    }

    public void OnBeforeExecute(NpgsqlBatch batch)
    {
    }
}

/// <summary>A secret that all processes share and that outlives them.</summary>
public sealed record StoreSecret(string Id, byte[] Value);

/// <summary>The store's secrets, made with the schema.</summary>
public sealed class StoreSecrets(IDocumentStore store)
{
    private const string CursorKey = "cursors", FactKey = "facts";
    private volatile byte[]? _key, _ofFacts;

    /// <summary>Signs the cursors of lists and seals entity tags.</summary>
    public byte[] Key => _key ??= Load(CursorKey, default).GetAwaiter().GetResult();

    /// <summary>What the salts of facts' digests are made of; with another every digest would be another.</summary>
    public byte[] OfFacts => _ofFacts ??= Load(FactKey, default).GetAwaiter().GetResult();

    /// <summary>A new <see cref="AccessCode"/>.</summary>
    public static string NewCode() => RandomNumberGenerator.GetString(AccessCode.Digits, AccessCode.Length);

    /// <summary>What a code, or what else is nobody's to know, is known by in the store, which has none of it itself.</summary>
    /// <param name="code">The code, after what it is for.</param>
    public string DigestOf(string code) => Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(code)));

    /// <summary>Reads them before the process counts as ready: requests whose threads waited for them would block each other.</summary>
    public async Task Read(CancellationToken ct) => (_key, _ofFacts) = (await Load(CursorKey, ct), await Load(FactKey, ct));

    public static async Task Make(IDocumentStore store)
    {
        await using var session = store.LightweightSession();
        foreach (var id in new[] { CursorKey, FactKey })
        {
            if (await session.LoadAsync<StoreSecret>(id) is null)
                session.Insert(new StoreSecret(id, RandomNumberGenerator.GetBytes(32)));
        }
        await session.SaveChangesAsync();
    }

    private async Task<byte[]> Load(string id, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return (await session.LoadAsync<StoreSecret>(id, ct))?.Value ?? throw new InvalidOperationException(SchemaGuard.Stale);
    }
}
