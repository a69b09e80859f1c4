using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap;

/// <summary>A command, its arguments not read yet.</summary>
/// <param name="Tag">What its answer is called by.</param>
/// <param name="Verb">The verb.</param>
/// <param name="Arguments">Its arguments, behind the space that follows the verb.</param>
sealed record ImapCommand(string Tag, ImapVerb Verb, ImapArguments Arguments)
{
    /// <summary>Whether it speaks of UIDs (<c>UID FETCH</c>).</summary>
    public bool IsUid => Verb.Name.StartsWith("UID ", StringComparison.Ordinal);

    /// <summary>Whether it names message numbers though its verb speaks of UIDs: then nothing may be told to be gone (RFC 7162 §3.2.10.2).</summary>
    public bool NamesNumbers { get; set; }
}
