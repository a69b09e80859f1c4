using Bastide.Protocols.Jmap;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>Position, anchor and limit. RFC 8620 §5.5.</summary>
public sealed class QueryWindowTests
{
    static readonly string[] All = ["a", "b", "c", "d", "e"];

    static (long Position, string Ids) Window(long position = 0, string? anchor = null, long offset = 0, int limit = 10)
    {
        var (first, ids) = new QueryRequest(null, [], position, anchor, offset, limit, false, false).Window(All);
        return (first, string.Concat(ids));
    }

    [Fact]
    public void A_window_begins_at_its_position() => Window(1, limit: 2).ShouldBe((1, "bc"));

    [Fact]
    public void A_negative_position_counts_from_the_end() => Window(-2).ShouldBe((3, "de"));

    [Fact]
    public void A_position_before_the_beginning_is_the_beginning() => Window(-9, limit: 1).ShouldBe((0, "a"));

    [Fact]
    public void A_position_behind_the_end_gives_nothing() => Window(9).ShouldBe((9, ""));

    [Fact]
    public void An_anchor_begins_at_itself_and_its_offset() => Window(anchor: "c", offset: -1, limit: 3).ShouldBe((1, "bcd"));

    [Fact]
    public void An_offset_before_the_beginning_is_the_beginning() => Window(anchor: "b", offset: -9).ShouldBe((0, "abcde"));

    [Fact]
    public void An_anchor_that_is_not_there_is_anchorNotFound() =>
        Should.Throw<JmapException>(() => Window(anchor: "x")).Type.ShouldBe("anchorNotFound");
}
