namespace Bastide.Platform.Net;

/// <summary>The domain name system gave no answer: not "there is no such name" but "it cannot be told now". Try again later.</summary>
public sealed class DnsFailedException(string name, Exception? inner = null) : IOException($"The name servers gave no answer for {name}.", inner);
