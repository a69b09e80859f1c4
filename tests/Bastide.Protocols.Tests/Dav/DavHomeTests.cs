using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Dav;

public sealed class DavHomeTests
{
    [Theory]
    [InlineData("Calendar", null, "Calendar")]
    [InlineData("Calendar", "Town planning", "Calendar (Town planning)")]
    [InlineData("Town planning, building sites", "Town planning", "Town planning, building sites")]
    public void A_collection_is_told_with_whose_it_is_and_keeps_the_name_it_has(string name, string? owner, string told)
    {
        var home = new DavHome(new AccountId(1), "planning@example.org", DavPath.Mount("/dav").Child("calendars").Child("planning@example.org"), owner);
        home.NameTold(name).ShouldBe(told);
        home.NameKept(told).ShouldBe(name);
        home.NameKept("Fairs").ShouldBe("Fairs");
    }
}
