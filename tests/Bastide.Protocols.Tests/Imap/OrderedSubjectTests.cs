using Shouldly;
using Xunit;
using static Bastide.Protocols.Tests.Imap.Threads;

namespace Bastide.Protocols.Tests.Imap;

/// <summary>THREAD=ORDEREDSUBJECT (RFC 5256 §3), by hand-made cases.</summary>
public sealed class OrderedSubjectTests
{
    [Fact]
    public void Those_of_one_subject_all_stand_below_the_first_that_was_sent() =>
        BySubject(Message(1, null, subject: "B", sentAt: 20), Message(2, null, subject: "A", sentAt: 30), Message(3, null, subject: "Re:B", sentAt: 10), Message(4, null, subject: "Re:B", sentAt: 40)).ShouldBe("(3 (1)(4))(2)");

    [Fact]
    public void Two_of_one_subject_are_a_chain_and_those_without_are_of_one() =>
        BySubject(Message(1, null, subject: "A"), Message(2, null), Message(3, null, subject: "Re:A"), Message(4, null)).ShouldBe("(1 3)(2 4)");

    [Fact]
    public void References_count_for_nothing() => BySubject(Message(1, "a", subject: "A"), Message(2, "b", "a", subject: "B")).ShouldBe("(1)(2)");

    [Fact]
    public void Nothing_is_no_thread() => BySubject().ShouldBe("");
}
