using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp;

/// <summary>A row of the table <see cref="Verbs"/>.</summary>
/// <param name="Name">The verb.</param>
/// <param name="Handle">Reads the arguments, does it, writes the answer.</param>
/// <param name="BringsForward">Whether it brings a message forward, and so is not counted as idle chatter.</param>
sealed record SmtpVerb(string Name, Func<SmtpSession, SmtpCommand, ValueTask> Handle, bool BringsForward = false);
