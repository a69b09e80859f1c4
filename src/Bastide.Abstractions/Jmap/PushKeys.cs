namespace Bastide.Abstractions.Jmap;

/// <summary>What a device gave to have its messages encrypted for it. RFC 8291 §2, RFC 8620 §7.2.</summary>
/// <param name="P256dh">Its public key: a point of P-256, uncompressed, 65 octets.</param>
/// <param name="Auth">Its authentication secret, 16 octets.</param>
public sealed record PushKeys(byte[] P256dh, byte[] Auth);
