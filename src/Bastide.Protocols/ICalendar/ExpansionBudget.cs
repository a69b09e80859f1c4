namespace Bastide.Protocols.ICalendar;

/// <summary>How much work an expansion may be: rules can be written that come every second, or never. One expansion, one thread.</summary>
public sealed class ExpansionBudget(int steps, CancellationToken cancellation)
{
    const int CheckEvery = 1024;
    int _left = steps;
    int _untilCheck = CheckEvery;

    /// <summary>Takes from it. Throws <see cref="ExpansionRefusedException"/> when nothing is left, and when it was cancelled.</summary>
    public void Spend(int count)
    {
        _left -= count;
        if (_left < 0) throw new ExpansionRefusedException();
        _untilCheck -= count;
        if (_untilCheck > 0) return;
        _untilCheck = CheckEvery;
        cancellation.ThrowIfCancellationRequested();
    }
}
