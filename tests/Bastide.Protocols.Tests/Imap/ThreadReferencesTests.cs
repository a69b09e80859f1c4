using Shouldly;
using Xunit;
using static Bastide.Protocols.Tests.Imap.Threads;

namespace Bastide.Protocols.Tests.Imap;

/// <summary>THREAD=REFERENCES (RFC 5256 §3), by hand-made cases.</summary>
public sealed class ThreadReferencesTests
{
    [Fact]
    public void Nothing_is_no_thread() => ByReferences().ShouldBe("");

    [Fact]
    public void Answers_stand_below_what_they_answer_however_they_came() =>
        ByReferences(Message(1, "c", "a b", sentAt: 30), Message(2, "a", sentAt: 10), Message(3, "d", "a", sentAt: 40), Message(4, "b", "a", sentAt: 20)).ShouldBe("(2 (4 1)(3))");

    [Fact]
    public void Threads_come_in_the_order_of_their_first_messages_and_those_of_one_moment_as_they_stand() =>
        ByReferences(Message(1, "a", sentAt: 30), Message(2, "b", sentAt: 10), Message(3, "c", sentAt: 10), Message(4, "d", "a", sentAt: 1)).ShouldBe("(2)(3)(1 4)");

    [Fact]
    public void A_missing_parent_holds_its_children_together_but_does_not_stand_above_one() =>
        ByReferences(Message(1, "b", "gone"), Message(2, "c", "gone"), Message(3, "e", "other")).ShouldBe("((1)(2))(3)");

    [Fact]
    public void What_is_missing_within_a_thread_gives_its_children_to_the_one_above() =>
        ByReferences(Message(1, "a"), Message(2, "c", "a gone"), Message(3, "d", "a gone"), Message(4, "f", "a gone lost")).ShouldBe("(1 (2)(3)(4))");

    [Fact]
    public void What_is_missing_below_what_is_missing_is_one_gap() =>
        ByReferences(Message(1, "c", "gone lost"), Message(2, "d", "gone lost"), Message(3, "e", "gone")).ShouldBe("((1)(2)(3))");

    [Fact]
    public void A_thread_with_a_gap_at_its_top_comes_when_its_first_child_does() =>
        ByReferences(Message(1, "b", "gone", sentAt: 50), Message(2, "x", sentAt: 20), Message(3, "c", "gone", sentAt: 10)).ShouldBe("((3)(1))(2)");

    [Fact]
    public void A_loop_is_not_made()
    {
        ByReferences(Message(1, "a", "b"), Message(2, "b", "a")).ShouldBe("(2 1)");
        ByReferences(Message(1, "a", "a")).ShouldBe("(1)");
        ByReferences(Message(1, "x", "a b c a"), Message(2, "a"), Message(3, "b"), Message(4, "c")).ShouldBe("(2 1)(3)(4)");
        ByReferences(Message(1, "a", "c"), Message(2, "b", "a"), Message(3, "c", "b")).ShouldBe("(3 1 2)");
    }

    [Fact]
    public void The_own_word_of_a_message_counts_more_than_what_others_say_of_it() =>
        ByReferences(Message(1, "c", "a b"), Message(2, "a"), Message(3, "b", "x"), Message(4, "x")).ShouldBe("(2)(4 3 1)");

    [Fact]
    public void What_has_a_parent_keeps_it_whatever_others_say() =>
        ByReferences(Message(1, "a"), Message(2, "b", "a"), Message(3, "x"), Message(4, "c", "x b")).ShouldBe("(1 2 4)(3)");

    [Fact]
    public void The_second_of_one_message_id_stands_for_itself_and_so_does_one_without() =>
        ByReferences(Message(1, "a"), Message(2, "a"), Message(3, "b", "a"), Message(4, null), Message(5, null, "a")).ShouldBe("(1 (3)(5))(2)(4)");

    [Fact]
    public void Message_ids_are_compared_with_their_case() => ByReferences(Message(1, "a"), Message(2, "b", "A")).ShouldBe("(1)(2)");

    [Fact]
    public void A_reply_without_references_stands_below_what_has_its_subject() =>
        ByReferences(Message(1, "a", subject: "Re:LUNCH"), Message(2, "b", subject: "LUNCH"), Message(3, "c", subject: "Re:LUNCH"), Message(4, "d", subject: "DINNER")).ShouldBe("(2 (1)(3))(4)");

    [Fact]
    public void Those_of_one_subject_of_which_none_answers_stand_side_by_side()
    {
        ByReferences(Message(1, "a", subject: "LUNCH"), Message(2, "b", subject: "LUNCH"), Message(3, "c", subject: "LUNCH")).ShouldBe("((1)(2)(3))");
        ByReferences(Message(1, "a", subject: "Re:LUNCH"), Message(2, "b", subject: "Re:LUNCH")).ShouldBe("((1)(2))");
    }

    [Fact]
    public void Threads_with_a_gap_at_their_tops_take_in_those_of_their_subject() =>
        ByReferences(
            Message(1, "a", subject: "LUNCH"),
            Message(2, "b", "gone", subject: "Re:LUNCH"),
            Message(3, "c", "gone", subject: "Re:LUNCH"),
            Message(4, "d", "lost", subject: "Re:LUNCH"),
            Message(5, "e", "lost", subject: "Re:LUNCH")).ShouldBe("((1)(2)(3)(4)(5))");

    [Fact]
    public void An_empty_subject_brings_nothing_together() => ByReferences(Message(1, "a"), Message(2, "b", subject: "Re:")).ShouldBe("(1)(2)");

    [Fact]
    public void A_thread_of_any_depth_is_found_and_written()
    {
        const int depth = 100_000;
        var chain = Enumerable.Range(1, depth).Select(n => Message((uint)n, $"m{n}", n == 1 ? "" : $"m{n - 1}"));
        ByReferences(chain).ShouldBe($"({string.Join(' ', Enumerable.Range(1, depth))})");
        var backwards = Enumerable.Range(1, depth).Select(n => Message((uint)n, $"m{n}", n == depth ? "" : $"m{n + 1}"));
        ByReferences(backwards).ShouldBe($"({string.Join(' ', Enumerable.Range(1, depth).Reverse())})");
    }

    [Fact]
    public void Many_gaps_one_above_the_other_are_one()
    {
        var gone = string.Join(' ', Enumerable.Range(1, 50_000).Select(n => $"gone{n}"));
        ByReferences(Message(1, "a"), Message(2, "b", "a " + gone), Message(3, "c", "a gone1")).ShouldBe("(1 (2)(3))");
    }
}
