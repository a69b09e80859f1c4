using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Bastide.Contacts.Tests.Dav;

/// <summary>What one protocol writes the other reads.</summary>
public abstract class BothProtocolsContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_card_made_over_JMAP_is_read_over_CardDAV_in_the_version_every_client_knows()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var card = await workplace.Make(alice, """{"uid":"urn:uuid:eeeeeeee-0000-4000-8000-00000000000e","kind":"org","name":{"full":"Zoé"},"phones":{"p":{"number":"tel:+33-6"}}}""", await workplace.First(alice));
        const string Name = "eeeeeeee-0000-4000-8000-00000000000e.vcf";
        var (text, etag) = await Get(alice, Name);
        text.ShouldStartWith("BEGIN:VCARD\r\nVERSION:3.0\r\n");
        text.ShouldContain("FN:Zoé\r\n");
        (await Get(alice, Name, "text/vcard; version=4.0")).Text.ShouldStartWith("BEGIN:VCARD\r\nVERSION:4.0\r\n");
        (await Get(alice, Name, "text/html, text/vcard;version=3.0;q=0.5, text/vcard;version=4.0;q=0.9")).Text.ShouldContain("VERSION:4.0");

        // A client writes what it read back, with a change; what it does not know it leaves.
        (await Put(alice, Name, text.Replace("FN:Zoé", "FN:Zoé Émile", StringComparison.Ordinal), etag)).ShouldBe(HttpStatusCode.NoContent);
        var after = (await workplace.Card(alice, card.Id)).ShouldNotBeNull();
        (after.Card["name"]!["full"]!.ToString(), after.Card["kind"]!.ToString(), after.Uid).ShouldBe(("Zoé Émile", "org", card.Uid));
        (await Get(alice, Name)).Text.ShouldContain("FN:Zoé Émile\r\n");
        (await Put(alice, Name, text, etag)).ShouldBe(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task A_group_of_macOS_is_a_group_and_takes_in_members_over_JMAP()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        (await Put(alice, "group.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:group-1\r\nN:Friends\r\nFN:Friends\r\nX-ADDRESSBOOKSERVER-KIND:group\r\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:ana-1\r\nEND:VCARD\r\n")).ShouldBe(HttpStatusCode.Created);
        var group = (await workplace.Cards.Get(alice.Caller, alice.Account, null, 10, Cancellation)).Found.ShouldHaveSingleItem();
        (group.Card["kind"]!.ToString(), group.Card["members"]!.ToJsonString()).ShouldBe(("group", """{"urn:uuid:ana-1":true}"""));
        (await workplace.Patch(alice, group.Id, new JsonObject { ["members/urn:uuid:bo-1"] = true }.ToJsonString())).NotUpdated.ShouldBeEmpty();
        var (text, _) = await Get(alice, "group.vcf");
        foreach (var line in (string[])["VERSION:3.0", "X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:ana-1", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:bo-1"]) text.ShouldContain(line + "\r\n");
    }

    [Fact]
    public async Task A_filter_beyond_all_measure_is_refused()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        using var request = new HttpRequestMessage(new HttpMethod("REPORT"), new Uri($"dav/addressbooks/{alice.Address}/default/", UriKind.Relative));
        var filters = string.Concat(Enumerable.Repeat("<CR:prop-filter name=\"FN\"><CR:text-match>a</CR:text-match></CR:prop-filter>", 1000));
        request.Content = new StringContent($"<CR:addressbook-query xmlns:CR=\"urn:ietf:params:xml:ns:carddav\"><CR:filter>{filters}</CR:filter></CR:addressbook-query>", Encoding.UTF8, "application/xml");
        using var answer = await alice.Http.SendAsync(request, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    static Uri Address(ContactsPerson person, string name) => new($"dav/addressbooks/{person.Address}/default/{name}", UriKind.Relative);

    static async Task<(string Text, string ETag)> Get(ContactsPerson person, string name, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(person, name));
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await person.Http.SendAsync(request, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadAsStringAsync(Cancellation), answer.Headers.ETag!.ToString());
    }

    static async Task<HttpStatusCode> Put(ContactsPerson person, string name, string text, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Address(person, name)) { Content = new StringContent(text, Encoding.UTF8, "text/vcard") };
        if (ifMatch is not null) request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(ifMatch));
        using var answer = await person.Http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
