using Bastide.Fuzz.Targets;

namespace Bastide.Fuzz;

/// <summary>Every parser of outside bytes, each in a file of <c>Targets/</c>.</summary>
static class FuzzTargets
{
    const string Protocols = "Bastide.Protocols.dll";
    const string Mail = "Bastide.Mail.dll";
    const string Platform = "Bastide.Platform.dll";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("imap", Imap.Run, Protocols, Mail),
        new("imap-arguments", ImapArgumentParsers.Run, Protocols),
        new("smtp", Smtp.Receive, Protocols, Mail),
        new("smtp-submission", Smtp.Submit, Protocols, Mail),
        new("smtp-codec", SmtpCodec.Run, Protocols),
        new("mime", Mime.Run, Mail, "MimeKit.dll"),
        new("mime-arrival", Arrival.Run, Mail, Protocols),
        new("html", Html.Run, Mail, "HtmlSanitizer.dll", "AngleSharp.dll", "AngleSharp.Css.dll"),
        new("mbox", Mbox.Run, Mail),
        new("jmap", Jmap.Run, Protocols, Mail),
        new("icalendar", Calendars.Run, Protocols),
        new("itip", Messages.Run, Protocols),
        new("vcard", Cards.Run, Protocols),
        new("search", Search.Run, Platform),
    ];

    /// <summary>The one of this name, or null.</summary>
    public static FuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}
