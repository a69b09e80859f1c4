using System.Text;
using Bastide.Protocols.Smtp;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Smtp;

public class NewlineCheckTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("a\r\nb\r\n", false)]
    [InlineData("\r\n\r\n", false)]
    [InlineData("a\nb", true)]
    [InlineData("a\rb", true)]
    [InlineData("a\r", true)]
    [InlineData("a\r\r\n", true)]
    [InlineData("a\r\n\n", true)]
    public void Lone_newlines_are_found_across_the_borders_of_chunks(string content, bool isBare)
    {
        foreach (var pieces in Pieces.Cuts(Encoding.ASCII.GetBytes(content)))
        {
            var check = new NewlineCheck();
            foreach (var piece in pieces) check.Scan(piece);
            check.End();
            check.HasBareNewline.ShouldBe(isBare);
        }
    }
}
