using System.Buffers.Text;
using System.Security.Cryptography;
using Bastide.Abstractions.Jmap;
using Bastide.Protocols.Jmap.Push;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>The example of RFC 8291 §5, and what is refused as a key.</summary>
public sealed class WebPushEncryptionTests
{
    static readonly PushKeys Keys = new(
        Octets("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        Octets("BTBZMqHH6r4Tts7J_aSIgg"));

    [Fact]
    public void The_example_of_the_standard_comes_out_octet_for_octet()
    {
        var point = Octets("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        using var own = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[1..33], Y = point[33..] },
            D = Octets("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        });
        var body = WebPushEncryption.Encrypt("When I grow up, I want to be a watermelon"u8, Keys, own, Octets("DGv6ra1nlYgDCS1FRnbzlw"));
        Base64Url.EncodeToString(body).ShouldBe(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
    }

    [Fact]
    public void The_longest_text_makes_the_longest_body_that_every_service_takes()
    {
        WebPushEncryption.Encrypt(new byte[WebPushEncryption.LongestText], Keys).Length.ShouldBe(4096);
        Should.Throw<ArgumentException>(() => WebPushEncryption.Encrypt(new byte[WebPushEncryption.LongestText + 1], Keys));
    }

    [Fact]
    public void What_is_no_point_of_the_curve_is_no_key()
    {
        WebPushEncryption.AreKeys(Keys).ShouldBeTrue();
        WebPushEncryption.AreKeys(Keys with { Auth = new byte[15] }).ShouldBeFalse();
        WebPushEncryption.AreKeys(Keys with { P256dh = [4, .. new byte[64]] }).ShouldBeFalse();
        WebPushEncryption.AreKeys(Keys with { P256dh = Keys.P256dh[..64] }).ShouldBeFalse();
    }

    static byte[] Octets(string text) => Base64Url.DecodeFromChars(text);
}
