using System.Net;
using Bastide.Platform.Limits;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Platform.Tests.Limits;

public sealed class LimiterTests
{
    static readonly RateLimit SignIns = new("sign-in", Burst: 3, PerSecond: 0.5);
    static readonly ConcurrencyLimit Connections = new("connections", Most: 2);
    readonly FakeTime _time = new();

    [Fact]
    public void A_bucket_gives_its_burst_and_then_what_comes_back()
    {
        var limiter = Limiter();
        for (var i = 0; i < 3; i++) limiter.TryTake(SignIns, "a", out _).ShouldBeTrue();
        limiter.TryTake(SignIns, "a", out var retryAfter).ShouldBeFalse();
        retryAfter.ShouldBe(TimeSpan.FromSeconds(2));
        limiter.TryTake(SignIns, "b", out _).ShouldBeTrue();
        limiter.TryTake(SignIns with { Name = "other" }, "a", out _).ShouldBeTrue();

        _time.Advance(TimeSpan.FromSeconds(2));
        limiter.TryTake(SignIns, "a", out _).ShouldBeTrue();
        limiter.TryTake(SignIns, "a", out _).ShouldBeFalse();
        _time.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 3; i++) limiter.TryTake(SignIns, "a", out _).ShouldBeTrue();
        limiter.TryTake(SignIns, "a", out _).ShouldBeFalse();
    }

    [Fact]
    public void Asking_takes_nothing_and_forgetting_fills_the_bucket()
    {
        var limiter = Limiter();
        for (var i = 0; i < 10; i++) limiter.HasRoom(SignIns, "a", out _).ShouldBeTrue();
        limiter.TryTake(SignIns, "a", out _, cost: 3).ShouldBeTrue();
        limiter.HasRoom(SignIns, "a", out _).ShouldBeFalse();
        limiter.Forget(SignIns, "a");
        limiter.HasRoom(SignIns, "a", out _, cost: 3).ShouldBeTrue();
    }

    [Fact]
    public void Places_are_free_again_when_they_are_left_and_leaving_twice_counts_once()
    {
        var limiter = Limiter();
        var first = limiter.TryEnter(Connections, "a").ShouldNotBeNull();
        limiter.TryEnter(Connections, "a").ShouldNotBeNull();
        limiter.TryEnter(Connections, "a").ShouldBeNull();
        limiter.TryEnter(Connections, "b").ShouldNotBeNull();
        first.Dispose();
        first.Dispose();
        limiter.TryEnter(Connections, "a").ShouldNotBeNull();
        limiter.TryEnter(Connections, "a").ShouldBeNull();
    }

    [Fact]
    public void A_flood_of_keys_takes_no_more_memory_than_the_bound_and_does_not_free_who_is_at_the_limit()
    {
        var limiter = Limiter();
        for (var i = 0; i < 3; i++) limiter.TryTake(SignIns, "attacker", out _);
        for (var i = 0; i < 250_000; i++) limiter.TryTake(SignIns, $"{i}", out _).ShouldBeTrue();
        limiter.TryTake(SignIns, "attacker", out _).ShouldBeFalse();
    }

    [Fact]
    public void Many_at_once_never_get_more_than_the_burst()
    {
        var limiter = Limiter();
        var given = 0;
        Parallel.For(0, 1000, _ =>
        {
            if (limiter.TryTake(SignIns, "a", out var _)) Interlocked.Increment(ref given);
        });
        given.ShouldBe(3);
    }

    [Fact]
    public void It_is_off_for_load_drivers()
    {
        var limiter = new Limiter(TestSettings.In("/") with { TestNoLimits = true }, _time);
        for (var i = 0; i < 100; i++)
        {
            limiter.TryTake(SignIns, "a", out _).ShouldBeTrue();
            limiter.TryEnter(Connections, "a").ShouldNotBeNull();
        }
    }

    [Fact]
    public void One_IPv6_network_is_one_peer()
    {
        Bastide.Platform.Limits.Limiter.KeyOf(IPAddress.Parse("2001:db8:1:2::1")).ShouldBe(Bastide.Platform.Limits.Limiter.KeyOf(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Bastide.Platform.Limits.Limiter.KeyOf(IPAddress.Parse("2001:db8:1:3::1")).ShouldNotBe(Bastide.Platform.Limits.Limiter.KeyOf(IPAddress.Parse("2001:db8:1:2::1")));
        Bastide.Platform.Limits.Limiter.KeyOf(IPAddress.Parse("::ffff:192.0.2.1")).ShouldBe(Bastide.Platform.Limits.Limiter.KeyOf(IPAddress.Parse("192.0.2.1")));
    }

    Limiter Limiter() => new(TestSettings.In("/"), _time);
}
