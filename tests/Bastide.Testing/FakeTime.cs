namespace Bastide.Testing;

/// <summary>A clock that stands still until <see cref="Advance"/> moves it; timers that come due then fire.</summary>
public sealed class FakeTime(DateTimeOffset start) : TimeProvider
{
    readonly Lock _lock = new();
    readonly List<Timer> _timers = [];
    DateTimeOffset _now = start;

    public FakeTime() : this(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>How many timers wait. What is about to wait for the clock is waited for with it before the clock moves.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _timers.Count(timer => timer.Due is not null);
        }
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Moves the clock; every timer due on the way fires at its own time, in order.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (true)
        {
            Timer? due;
            lock (_lock)
            {
                due = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
                if (due is null)
                {
                    _now = end;
                    return;
                }

                if (due.Due > _now) _now = due.Due!.Value;
                due.Due = due.Period == Timeout.InfiniteTimeSpan ? null : _now + due.Period;
            }

            due.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    sealed class Timer(FakeTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public TimeSpan Period { get; private set; } = Timeout.InfiniteTimeSpan;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool now;
            lock (time._lock)
            {
                Period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
                now = dueTime == TimeSpan.Zero;
                Due = dueTime == Timeout.InfiniteTimeSpan || (now && Period == Timeout.InfiniteTimeSpan) ? null
                    : now ? time._now + Period
                    : time._now + dueTime;
                if (!time._timers.Contains(this)) time._timers.Add(this);
            }

            if (now) ThreadPool.QueueUserWorkItem(_ => Fire());
            return true;
        }

        public void Dispose()
        {
            lock (time._lock) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
