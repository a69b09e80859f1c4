using Bastide.Testing;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>The same server, whose clock stands still until a test moves it.</summary>
public sealed class JmapServerWithClock : JmapServer
{
    public FakeTime Clock { get; } = new(DateTimeOffset.UtcNow);

    protected override TimeProvider Time => Clock;

    /// <summary>Moves the clock, a step at a time, until the task ends: timers that begin late are met too.</summary>
    public async Task<T> Pass<T>(TimeSpan step, Task<T> until)
    {
        while (!until.IsCompleted)
        {
            Clock.Advance(step);
            await Task.WhenAny(until, Task.Delay(5));
        }

        return await until;
    }
}
