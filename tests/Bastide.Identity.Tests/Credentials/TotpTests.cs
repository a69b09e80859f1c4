using System.Text;
using Bastide.Identity.Credentials;

namespace Bastide.Identity.Tests.Credentials;

public sealed class TotpTests
{
    static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238 appendix B, SHA-1, the last six of its eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_vectors_of_RFC_6238(long seconds, string code)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        Totp.Code(Key, at).ShouldBe(code);
        Totp.StepOf(Key, code, at).ShouldBe(seconds / 30);
    }

    [Fact]
    public void A_clock_half_a_minute_off_is_accepted_and_more_is_not()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        Totp.StepOf(Key, Totp.Code(Key, at.AddSeconds(-30)), at).ShouldNotBeNull();
        Totp.StepOf(Key, Totp.Code(Key, at.AddSeconds(30)), at).ShouldNotBeNull();
        Totp.StepOf(Key, Totp.Code(Key, at.AddSeconds(-60)), at).ShouldBeNull();
        Totp.StepOf(Key, Totp.Code(Key, at.AddSeconds(60)), at).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870822")]
    [InlineData("28708a")]
    public void What_is_no_code_is_none(string code) => Totp.StepOf(Key, code, DateTimeOffset.FromUnixTimeSeconds(59)).ShouldBeNull();

    [Fact]
    public void The_key_is_shown_in_Base32() => Totp.ToBase32(Key).ShouldBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}
