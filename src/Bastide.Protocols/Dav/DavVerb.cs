namespace Bastide.Protocols.Dav;

/// <summary>One method: reads the request and answers it.</summary>
public delegate ValueTask DavVerb(DavCall call);
