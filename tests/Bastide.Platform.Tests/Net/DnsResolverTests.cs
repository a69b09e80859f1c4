using System.Net;
using Bastide.Platform.Net;
using Shouldly;

namespace Bastide.Platform.Tests.Net;

public sealed class DnsResolverTests
{
    [Fact]
    public async Task Localhost_and_literals_need_no_name_server()
    {
        var resolver = new DnsResolver();
        var cancellation = TestContext.Current.CancellationToken;
        (await resolver.Addresses("demo.localhost", cancellation)).ShouldBe([IPAddress.IPv6Loopback, IPAddress.Loopback]);
        (await resolver.Addresses("192.0.2.7", cancellation)).ShouldBe([IPAddress.Parse("192.0.2.7")]);
        (await resolver.Mx("localhost", cancellation)).ShouldBeEmpty();
        (await resolver.Reverse(IPAddress.Loopback, cancellation)).ShouldBe("localhost");
    }
}
