using System.Xml.Linq;
using Bastide.Protocols.Dav;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>The prefixes of an answer.</summary>
public sealed class DavNamespacesTests
{
    static readonly XNamespace One = "urn:example:one";
    static readonly XNamespace Two = "urn:example:two";

    [Fact]
    public void No_two_namespaces_have_one_prefix()
    {
        var namespaces = new DavNamespaces();
        namespaces.Add("A", One);
        Should.Throw<ArgumentException>(() => namespaces.Add("A", Two));
        namespaces.Add("AB", Two);
        namespaces.Add("C", One);
        namespaces.PrefixOf(One).ShouldBe("A:"u8.ToArray());
        XElement.Parse($"<A:root{System.Text.Encoding.UTF8.GetString(namespaces.Declarations)}><AB:leaf/></A:root>").Elements(Two + "leaf").ShouldHaveSingleItem();
    }
}
