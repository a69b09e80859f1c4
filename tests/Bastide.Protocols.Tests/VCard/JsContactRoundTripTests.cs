using System.Text.Json.Nodes;
using Bastide.Protocols.VCard;
using Bastide.Protocols.VCard.JsContact;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.VCard;

/// <summary>Whatever is said of somebody: the way to the other format and back, through a vCard 3.0 too, loses nothing.</summary>
public sealed class JsContactRoundTripTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_JSContact_card_comes_back_as_it_was(int seed)
    {
        var random = new RandomJsContact(seed);
        for (var i = 0; i < 500; i++)
        {
            var card = random.Card();
            if (JsContactSchema.Check(card) is { Count: > 0 } faults) Assert.Fail($"{faults[0]}\n{Text(card)}");
            var vCard = Cards.Read(CardWriter.Write(JsContactCard.ToVCard(card)));
            var back = JsContactCard.FromVCard(vCard);
            if (!JsonNode.DeepEquals(back, JsContactSchema.Canonical(card))) Assert.Fail($"{Text(card)}\n{Text(back)}\n{Text(vCard)}");
            var three = JsContactCard.FromVCard(CardConversion.To(vCard, CardVersion.V30));
            if (three["uid"]!.GetValue<string>() != card["uid"]!.GetValue<string>()) Assert.Fail(Text(three));
        }
    }

    [Fact]
    public void What_vCard_has_words_for_is_said_in_them()
    {
        var random = new RandomJsContact(7, isPlain: true);
        var said = new HashSet<string>();
        for (var i = 0; i < 500; i++)
            said.UnionWith(JsContactCard.ToVCard(random.Card()).All("JSPROP").Select(property => property.First("JSPTR")!.Split('/')[0]));

        // Places of days in parts and second days of birth; titles at organisations that are not there.
        said.Order().ShouldBe(["anniversaries", "titles"]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_vCard_means_the_same_when_it_comes_back(int seed)
    {
        var random = new RandomVCard(seed);
        for (var i = 0; i < 1000; i++)
        {
            var vCard = random.Card();
            var card = JsContactCard.FromVCard(vCard, "none");
            if (JsContactSchema.Check(card) is { Count: > 0 } faults) Assert.Fail($"{faults[0]}\n{Text(vCard)}\n{Text(card)}");
            var back = Cards.Read(CardWriter.Write(JsContactCard.ToVCard(card)));
            var (now, was) = (CardMeaning.Of(back).Where(line => line != "UID:none").ToArray(), CardMeaning.Of(vCard));
            if (!now.SequenceEqual(was)) Assert.Fail($"{Text(vCard)}\n\n{Text(card)}\n\n{Text(back)}\n\n- {string.Join("\n- ", was.Except(now))}\n+ {string.Join("\n+ ", now.Except(was))}");
        }
    }

    static string Text(JsonObject card) => card.ToJsonString(Json.Readable);

    static string Text(Card card) => string.Join('\n', card.Lines());
}
