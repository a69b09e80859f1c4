using System.Text;
using Bastide.Protocols.Smtp;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Smtp;

public class SaslTests
{
    [Fact]
    public void Plain_gives_the_name_and_the_password()
    {
        Sasl.TryPlain("\0alice\0secret", out var user, out var password).ShouldBeTrue();
        (user, password).ShouldBe(("alice", "secret"));
        Sasl.TryPlain("alice\0alice\0secret", out _, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice\0secret")]
    [InlineData("bob\0alice\0secret")]
    [InlineData("\0alice\0")]
    [InlineData("\0\0secret")]
    [InlineData("\0alice\0sec\0ret")]
    public void Plain_of_another_form_is_refused(string text) => Sasl.TryPlain(text, out _, out _).ShouldBeFalse();

    [Theory]
    [InlineData("n,a=alice@example.org,\u0001host=mail.example\u0001port=587\u0001auth=Bearer abc.def\u0001\u0001")]
    [InlineData("user=alice@example.org\u0001auth=Bearer abc.def\u0001\u0001")]
    public void A_bearer_token_is_found_in_both_forms(string text)
    {
        Sasl.TryBearer(text, out var token).ShouldBeTrue();
        token.ShouldBe("abc.def");
    }

    [Fact]
    public void Base64_is_taken_off_and_anything_else_refused()
    {
        Sasl.TryDecode(Convert.ToBase64String(Encoding.UTF8.GetBytes("é")), out var text).ShouldBeTrue();
        text.ShouldBe("é");
        Sasl.TryDecode("=", out text).ShouldBeTrue();
        text.ShouldBe("");
        Sasl.TryDecode("not base64!", out _).ShouldBeFalse();
        Sasl.TryDecode(Convert.ToBase64String([0xff, 0xfe]), out _).ShouldBeFalse();
    }
}
