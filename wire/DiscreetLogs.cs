using System.Text;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace OneDoor.Wire;

/// <summary>
/// Keeps what people send out of every log, whatever level is configured: below Warning, and in its scopes, ASP.NET Core
/// writes whole addresses, and an exception's message may quote a value. And what is no fault of the program it leaves to the <see cref="OutageLog"/>.
/// </summary>
public static class DiscreetLogs
{
    /// <param name="services">The host's.</param>
    /// <param name="quoting">Whose logs quote requests, by how their categories begin, besides ASP.NET Core's.</param>
    /// <param name="isOutage">Whether an exception is no fault of the program: the database, or what else it needs, is away or too busy.</param>
    public static void AddDiscreetLogs(this IServiceCollection services, string[] quoting, Func<Exception, bool> isOutage) =>
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => new Factory(["Microsoft.AspNetCore", .. quoting], new Outages(isOutage, provider.GetRequiredService<OutageLog>), new LoggerFactory(
            provider.GetServices<ILoggerProvider>(),
            provider.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
            provider.GetRequiredService<IOptions<LoggerFactoryOptions>>()))));

    /// <summary>A fault by types, SQL states and stack: everything but its messages.</summary>
    public static string Describe(Exception fault)
    {
        var words = new StringBuilder();
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            words.Append(words.Length == 0 ? "" : "\n ---> ").Append(cause.GetType().FullName);
            if (cause is PostgresException database)
                words.Append($" {database.SqlState} {database.SchemaName}.{database.TableName} {database.ConstraintName}");
            words.Append('\n').Append(cause.StackTrace);
        }
        return words.ToString();
    }

    // The log of outages is written to by this factory itself, so it is there later.
    private sealed record Outages(Func<Exception, bool> Are, Func<OutageLog> Log);

    private sealed class Factory(string[] quoting, Outages outages, LoggerFactory inner) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) =>
            new Logger(inner.CreateLogger(categoryName), quoting.Any(begins => categoryName.StartsWith(begins, StringComparison.Ordinal)), outages);

        public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

        public void Dispose() => inner.Dispose();
    }

    private sealed class Logger(ILogger inner, bool quotesRequests, Outages outages) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => (!quotesRequests || logLevel >= LogLevel.Warning) && inner.IsEnabled(logLevel);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => quotesRequests ? null : inner.BeginScope(state);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            if (exception is null)
            {
                inner.Log(logLevel, eventId, state, null, formatter);
                return;
            }
            // What ends the process is told all the same.
            if (logLevel < LogLevel.Critical && outages.Are(exception))
            {
                outages.Log().Found(formatter(state, exception), exception);
                return;
            }
            var described = new Described(formatter(state, exception), exception, state as IEnumerable<KeyValuePair<string, object?>>);
            inner.Log(logLevel, eventId, described, null, (words, _) => words.ToString());
        }
    }

    private sealed class Described : List<KeyValuePair<string, object?>>
    {
        private readonly string _words;

        public Described(string message, Exception fault, IEnumerable<KeyValuePair<string, object?>>? state)
        {
            var description = Describe(fault);
            _words = $"{message}\n{description}";
            Add(new("exception.type", fault.GetType().FullName));
            Add(new("exception.stacktrace", description));
            AddRange(state ?? []);
        }

        public override string ToString() => _words;
    }
}
