namespace Bastide.Platform.Net;

/// <summary>A host is not on the public internet, and the server does not let itself be sent elsewhere.</summary>
public sealed class AddressRefusedException(string host)
    : IOException($"{host} is not an address of the public internet, and requests from outside are not sent anywhere else.");
