using Microsoft.Extensions.Logging;

namespace Bastide.Fuzz.Workplace;

/// <summary>Hears what the server logs as an error: whatever a peer says, nothing of ours may fail by it.</summary>
sealed class ErrorLog : ILoggerProvider, ILogger
{
    InvariantBrokenException? _first;

    /// <summary>Throws when an error was logged since it was last asked.</summary>
    public void Check()
    {
        var first = _first;
        _first = null;
        if (first is not null) throw first;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) _first ??= new InvariantBrokenException(formatter(state, exception), exception);
    }

    public void Dispose()
    {
    }
}
