using System.Diagnostics;

namespace Bastide.Testing;

/// <summary>Waits for what must come true, instead of sleeping for as long as it usually takes.</summary>
public static class Wait
{
    /// <summary>The longest any test waits for anything: what takes a second alone takes many beside all the others on two cores.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    public static Task Until(Func<bool> condition, string what, CancellationToken cancellation = default) =>
        Until(() => ValueTask.FromResult(condition()), what, cancellation);

    /// <summary>Asks again and again until the condition holds; fails with <paramref name="what"/> after <see cref="Longest"/>.</summary>
    public static async Task Until(Func<ValueTask<bool>> condition, string what, CancellationToken cancellation = default)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Longest) throw new TimeoutException($"Waited {Longest.TotalSeconds:0} s in vain until {what}.");
            await Task.Delay(5, cancellation);
        }
    }

    /// <summary>The answer of the task, or a failure after <see cref="Longest"/> rather than a test that hangs.</summary>
    public static Task<T> For<T>(Task<T> task) => task.WaitAsync(Longest);

    public static Task For(Task task) => task.WaitAsync(Longest);
}
