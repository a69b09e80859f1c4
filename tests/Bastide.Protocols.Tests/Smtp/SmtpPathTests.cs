using Bastide.Protocols.Smtp;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Smtp;

public class SmtpPathTests
{
    [Theory]
    [InlineData("FROM:<>", null)]
    [InlineData("FROM:<alice@example.org>", "alice@example.org")]
    [InlineData("from: <alice@example.org>", "alice@example.org")]
    [InlineData("FROM:<@relay.example,@other.example:alice@example.org>", "alice@example.org")]
    [InlineData("FROM:<\"al ice\"@example.org>", "\"al ice\"@example.org")]
    [InlineData("FROM:<\"alice\"@example.org>", "alice@example.org")]
    [InlineData("FROM:<\"a\\\"b\\\\c\"@example.org>", "\"a\\\"b\\\\c\"@example.org")]
    [InlineData("FROM:<alice+tag@example.org>", "alice+tag@example.org")]
    [InlineData("FROM:<alice@[192.0.2.1]>", "alice@[192.0.2.1]")]
    [InlineData("FROM:<alice@[IPv6:2001:db8::1]>", "alice@[IPv6:2001:db8::1]")]
    [InlineData("FROM:<Postmaster>", "Postmaster")]
    [InlineData("FROM:<寬@寬.example>", "寬@寬.example")]
    public void A_path_is_read(string argument, string? address)
    {
        SmtpPath.TryParse(argument, "FROM:", out var path).ShouldBeTrue();
        path.Address?.ToString().ShouldBe(address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("FROM:")]
    [InlineData("FROM:alice@example.org")]
    [InlineData("TO:<alice@example.org>")]
    [InlineData("FROM:<alice@example.org")]
    [InlineData("FROM:<alice>")]
    [InlineData("FROM:<alice@>")]
    [InlineData("FROM:<@example.org>")]
    [InlineData("FROM:<alice@example.org>x")]
    [InlineData("FROM:<a b@example.org>")]
    [InlineData("FROM:<.a@example.org>")]
    [InlineData("FROM:<a..b@example.org>")]
    [InlineData("FROM:<a@exa mple.org>")]
    [InlineData("FROM:<a@-example.org>")]
    [InlineData("FROM:<a@example..org>")]
    [InlineData("FROM:<a@[999.0.2.1]>")]
    [InlineData("FROM:<a@[1]>")]
    [InlineData("FROM:<\"a@example.org>")]
    [InlineData("FROM:<a@b.example>> SIZE=1")]
    [InlineData("FROM:<a@b.example> SIZE=1 SIZE=2")]
    [InlineData("FROM:<a@b.example> SIZE=")]
    [InlineData("FROM:<a@b.example> =1")]
    [InlineData("FROM:<@relay.example alice@example.org>")]
    public void What_is_not_a_path_is_none(string argument) => SmtpPath.TryParse(argument, "FROM:", out _).ShouldBeFalse();

    [Fact]
    public void Local_parts_and_domains_that_are_too_long_are_refused()
    {
        SmtpPath.TryParse($"FROM:<{new string('a', 64)}@example.org>", "FROM:", out _).ShouldBeTrue();
        SmtpPath.TryParse($"FROM:<{new string('a', 65)}@example.org>", "FROM:", out _).ShouldBeFalse();
        SmtpPath.TryParse($"FROM:<a@{new string('b', 64)}.example>", "FROM:", out _).ShouldBeFalse();
        SmtpPath.TryParse($"FROM:<a@{string.Join('.', Enumerable.Repeat("bcde", 60))}>", "FROM:", out _).ShouldBeFalse();
    }

    [Fact]
    public void Parameters_are_read_by_name_without_regard_to_case()
    {
        SmtpPath.TryParse("FROM:<a@b.example> SIZE=1000 body=8BITMIME SMTPUTF8", "FROM:", out var path).ShouldBeTrue();
        path.Parameters["size"].ShouldBe("1000");
        path.Parameters["BODY"].ShouldBe("8BITMIME");
        path.Parameters["smtputf8"].ShouldBeNull();
        path.Parameters.ContainsKey("SMTPUTF8").ShouldBeTrue();
    }
}
