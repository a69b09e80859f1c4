using System.Collections.Frozen;
using Bastide.Mail.Smtp.Verbs;

namespace Bastide.Mail.Smtp;

/// <summary>The verbs of SMTP that are served, each in a file of its name. RFC 5321 §4.1.1 and the extensions cited there.</summary>
static class SmtpVerbs
{
    /// <summary>All of them by name.</summary>
    public static readonly FrozenDictionary<string, SmtpVerb> Table = new SmtpVerb[]
    {
        new("AUTH", Auth.Handle, BringsForward: true),
        new("BDAT", Bdat.Handle, BringsForward: true),
        new("DATA", Data.Handle, BringsForward: true),
        new("EHLO", Ehlo.Handle),
        new("HELO", Helo.Handle),
        new("HELP", Help.Handle),
        new("MAIL", Verbs.Mail.Handle, BringsForward: true),
        new("NOOP", Noop.Handle),
        new("QUIT", Quit.Handle),
        new("RCPT", Rcpt.Handle, BringsForward: true),
        new("RSET", Rset.Handle),
        new("STARTTLS", StartTls.Handle),
        new("VRFY", Vrfy.Handle),
    }.ToFrozenDictionary(verb => verb.Name);
}
