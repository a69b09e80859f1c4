using System.Text;
using System.Text.Json.Nodes;
using Bastide.Platform.Blobs;

namespace Bastide.Contacts.Tests.Store;

public abstract class MediaContract(DatabaseFixture fixture)
{
    static readonly byte[] Photo = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_photograph_goes_in_as_an_upload_or_as_data_and_is_read_as_a_blob()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var book = await workplace.First(alice);
        var blob = BlobId.Of(Photo).ToString();
        var data = "data:image/png;base64," + Convert.ToBase64String(Photo);
        var card = await workplace.Make(alice, $$$"""{"name":{"full":"Ana"},"media":{"p":{"kind":"photo","uri":"{{{data}}}"}} }""", book);
        card.Card["media"]!["p"]!.ToJsonString().ShouldBe($$"""{"kind":"photo","blobId":"{{blob}}","mediaType":"image/png"}""");
        Encoding.UTF8.GetString((await workplace.Cards.VCard(alice.Caller, alice.Account, card.Id, Cancellation))!).ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal).ShouldContain(Convert.ToBase64String(Photo));
        (await alice.Http.GetByteArrayAsync($"jmap/download/{alice.Account}/{blob}/photo.png?accept=image/png")).ShouldBe(Photo);

        // What is written of the rest leaves it as it is.
        (await workplace.Patch(alice, card.Id, """{"name/full":"Ana Lima"}""")).NotUpdated.ShouldBeEmpty();
        (await workplace.Card(alice, card.Id))!.Card["media"]!["p"]!["blobId"]!.ToString().ShouldBe(blob);
        (await workplace.Patch(alice, card.Id, """{"media":null}""")).NotUpdated.ShouldBeEmpty();
        (await workplace.Card(alice, card.Id))!.Card.ContainsKey("media").ShouldBeFalse();

        var bob = await workplace.Add("bob");
        var uploaded = await bob.Upload(Photo, "image/png");
        var theirs = await workplace.Make(bob, $$$"""{"name":{"full":"Bo"},"media":{"p":{"kind":"photo","blobId":"{{{uploaded}}}"}} }""", await workplace.First(bob));
        theirs.Card["media"]!["p"]!["blobId"]!.ToString().ShouldBe(blob);
    }

    [Fact]
    public async Task A_blob_that_one_may_not_read_and_one_that_is_no_image_become_no_photograph()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var theirs = await bob.Upload([.. Photo, 0], "image/png");
        var text = await alice.Upload("no image at all", "image/png");
        foreach (var blob in (string[])[theirs, text, "nonsense"])
        {
            var outcome = await workplace.Set(alice, new CardSet { Create = new Dictionary<string, CardCreate> { ["x"] = new(JsonNode.Parse($$$"""{"name":{"full":"Ana"},"media":{"p":{"kind":"photo","blobId":"{{{blob}}}"}} }""")!.AsObject(), [await workplace.First(alice)]) } });
            outcome.NotCreated["x"].Properties.ShouldBe(["media/p/blobId"]);
        }
    }

    [Fact]
    public async Task Who_may_not_read_the_card_may_not_read_its_photograph()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        byte[] secret = [.. Photo, 1, 2, 3];
        await workplace.Make(alice, $$$"""{"name":{"full":"Ana"},"media":{"p":{"kind":"photo","uri":"data:image/png;base64,{{{Convert.ToBase64String(secret)}}}"}} }""", await workplace.First(alice));
        var blob = BlobId.Of(secret);
        (await alice.Http.GetByteArrayAsync($"jmap/download/{alice.Account}/{blob}/photo.png")).ShouldBe(secret);
        using var answer = await bob.Http.GetAsync(new Uri($"jmap/download/{alice.Account}/{blob}/photo.png", UriKind.Relative));
        ((int)answer.StatusCode).ShouldBe(404);
        using var own = await bob.Http.GetAsync(new Uri($"jmap/download/{bob.Account}/{blob}/photo.png", UriKind.Relative));
        ((int)own.StatusCode).ShouldBe(404);
    }
}
