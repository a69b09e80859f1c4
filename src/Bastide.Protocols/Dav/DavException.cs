namespace Bastide.Protocols.Dav;

/// <summary>Ends a request with an error, from within the reading of it.</summary>
/// <param name="error">The error.</param>
public sealed class DavException(DavError error) : Exception(error.Text ?? error.Condition?.LocalName ?? "The request is refused.")
{
    /// <summary>The error.</summary>
    public DavError Error => error;
}
