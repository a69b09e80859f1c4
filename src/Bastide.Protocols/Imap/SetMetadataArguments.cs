namespace Bastide.Protocols.Imap;

/// <summary>What SETMETADATA changes (RFC 5464 §4.3, §5).</summary>
/// <param name="Mailbox">The mailbox, or nothing for the server.</param>
/// <param name="Values">The entries and their values, in octets; null takes an entry away.</param>
public sealed record SetMetadataArguments(string Mailbox, IReadOnlyList<(MetadataEntry Entry, byte[]? Value)> Values)
{
    const int MostEntries = 100;

    /// <summary>Reads them, to the end.</summary>
    public static SetMetadataArguments Parse(ImapArguments arguments, bool utf8)
    {
        var mailbox = arguments.Mailbox(utf8);
        arguments.Space();
        var values = arguments.ListOf(static one =>
        {
            var entry = MetadataEntry.Parse(one);
            one.Space();
            return (entry, one.TryKeyword("NIL") ? null : one.StringOctets().ToArray());
        });
        arguments.ExpectEnd();
        if (values.Count is 0 or > MostEntries) throw new ImapSyntaxException($"SETMETADATA takes 1 to {MostEntries} entries");
        return new SetMetadataArguments(mailbox, values);
    }
}
