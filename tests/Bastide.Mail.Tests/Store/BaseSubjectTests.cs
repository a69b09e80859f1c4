using Bastide.Mail.Store;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Store;

public sealed class BaseSubjectTests
{
    [Theory]
    [InlineData("Lunch", "Lunch")]
    [InlineData("Re: Lunch", "Lunch")]
    [InlineData("RE: Fwd: re[2]: Lunch (fwd)", "Lunch")]
    [InlineData("[team] Re: [team] Lunch", "Lunch")]
    [InlineData("AW: WG: Lunch", "Lunch")]
    [InlineData("Réf : TR: Déjeuner", "Déjeuner")]
    [InlineData("Re： 答复: 午饭", "午饭")]
    [InlineData("Re: Re: Re:", "")]
    [InlineData("[only]", "[only]")]
    [InlineData("Regarding: lunch", "Regarding: lunch")]
    [InlineData("[Fwd: Re: [team] Lunch]", "Lunch")]
    [InlineData("  Lunch \t today ", "Lunch today")]
    public void The_base_subject_is_what_replying_and_lists_left_alone(string subject, string expected) => BaseSubject.Of(subject).ShouldBe(expected);

    [Fact]
    public void Threads_compare_without_case_and_white_space() => BaseSubject.ForThreads("RE: Lunch  Today").ShouldBe(BaseSubject.ForThreads("lunch\n today"));

    [Theory]
    [InlineData("Re: Lunch", true)]
    [InlineData("Lunch (fwd)", true)]
    [InlineData("[Fwd: Lunch]", true)]
    [InlineData("[team] Fw: Lunch", true)]
    [InlineData("[team]  Lunch ", false)]
    [InlineData("", false)]
    public void What_replies_or_forwards_is_told_by_its_subject(string subject, bool isReply) => BaseSubject.IsReply(subject).ShouldBe(isReply);
}
