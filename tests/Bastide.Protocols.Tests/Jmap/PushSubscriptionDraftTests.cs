using System.Text.Json.Nodes;
using Bastide.Abstractions.Jmap;
using Bastide.Protocols.Jmap.Methods;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>What a device may ask for and change of a subscription, and how it is verified. RFC 8620 §7.2.</summary>
public sealed class PushSubscriptionDraftTests
{
    const string Keys = """{"p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}""";
    static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    static PushSubscription Made => PushSubscriptionDraft.Create(Json("""{"deviceClientId":"phone","url":"https://push.example/1"}"""), Now);

    [Fact]
    public void A_new_subscription_is_not_verified_and_lives_seven_days()
    {
        var made = PushSubscriptionDraft.Create(Json($$"""{"deviceClientId":"phone","url":"https://push.example/1","keys":{{Keys}},"types":["Email"]}"""), Now);
        made.IsVerified.ShouldBeFalse();
        made.VerificationCode.Length.ShouldBeGreaterThanOrEqualTo(22);
        made.VerificationCode.ShouldNotBe(Made.VerificationCode);
        made.Expires.ShouldBe(Now.AddDays(7));
        made.Types.ShouldBe(["Email"]);
        made.Keys!.Auth.Length.ShouldBe(16);
    }

    [Theory]
    [InlineData("2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z")]
    [InlineData("2030-01-01T00:00:00Z", "2026-11-30T09:00:00Z")]
    public void An_expiry_is_kept_when_it_is_sooner_and_shortened_when_it_is_later(string wish, string expires) =>
        PushSubscriptionDraft.Write(PushSubscriptionDraft.Change(Made, Json($$"""{"expires":"{{wish}}"}"""), Now).Expires).ShouldBe(expires);

    [Theory]
    [InlineData("""{"url":"https://push.example/1"}""", "deviceClientId")]
    [InlineData("""{"deviceClientId":"","url":"https://push.example/1"}""", "deviceClientId")]
    [InlineData("""{"deviceClientId":"phone"}""", "url")]
    [InlineData("""{"deviceClientId":"phone","url":"http://push.example/1"}""", "url")]
    [InlineData("""{"deviceClientId":"phone","url":"https://a:b@push.example/1"}""", "url")]
    [InlineData("""{"deviceClientId":"phone","url":"https://push.example/1","keys":{"p256dh":"AAAA","auth":"AAAA"}}""", "keys")]
    [InlineData("""{"deviceClientId":"phone","url":"https://push.example/1","expires":"2026-11-23T08:59:59Z"}""", "expires")]
    [InlineData("""{"deviceClientId":"phone","url":"https://push.example/1","types":"Email"}""", "types")]
    [InlineData("""{"deviceClientId":"phone","url":"https://push.example/1","verificationCode":"mine"}""", "verificationCode")]
    [InlineData("""{"deviceClientId":"phone","url":"https://push.example/1","colour":"red"}""", "colour")]
    public void What_cannot_be_is_invalidProperties_and_named(string wanted, string property)
    {
        var error = Should.Throw<SetRefusal>(() => PushSubscriptionDraft.Create(Json(wanted), Now)).Error;
        error.Type.ShouldBe("invalidProperties");
        error.Properties.ShouldBe([property]);
    }

    [Fact]
    public void The_code_that_was_sent_verifies_and_no_other()
    {
        var made = Made;
        foreach (var wrong in new[] { "\"\"", "null", "1", $"\"{made.VerificationCode}x\"", $"\"{made.VerificationCode[..^1]}\"" })
        {
            var error = Should.Throw<SetRefusal>(() => PushSubscriptionDraft.Change(made, Json($$"""{"verificationCode":{{wrong}}}"""), Now)).Error;
            error.Type.ShouldBe("invalidProperties");
            error.Properties.ShouldBe(["verificationCode"]);
        }

        PushSubscriptionDraft.Change(made, Json("""{"types":["Email"]}"""), Now).IsVerified.ShouldBeFalse();
        PushSubscriptionDraft.Change(made, Json($$"""{"verificationCode":"{{made.VerificationCode}}"}"""), Now).IsVerified.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"url":"https://push.example/2"}""", "invalidProperties")]
    [InlineData("""{"deviceClientId":"tablet"}""", "invalidProperties")]
    [InlineData("""{"keys":null}""", "invalidProperties")]
    [InlineData("""{"types/0":"Email"}""", "invalidPatch")]
    public void What_stands_for_good_is_not_changed(string patch, string type) =>
        Should.Throw<SetRefusal>(() => PushSubscriptionDraft.Change(Made, Json(patch), Now)).Error.Type.ShouldBe(type);

    static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
