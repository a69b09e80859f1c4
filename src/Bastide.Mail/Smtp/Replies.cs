using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp;

/// <summary>Replies that more than one verb gives, with the enhanced status codes of RFC 3463.</summary>
static class Replies
{
    public static readonly SmtpReply NoArgument = new(501, "5.5.4", "This command takes no argument");
    public static readonly SmtpReply NameYourself = new(501, "5.5.4", "Say your domain or [address] after the verb");
    public static readonly SmtpReply GreetFirst = new(503, "5.5.1", "Say EHLO first");
    public static readonly SmtpReply MailFirst = new(503, "5.5.1", "Say MAIL FROM first");
    public static readonly SmtpReply RcptFirst = new(503, "5.5.1", "Say RCPT TO first: no recipient was accepted");
    public static readonly SmtpReply Unknown = new(500, "5.5.1", "There is no such command; HELP lists them");
    public static readonly SmtpReply NotACommand = new(500, "5.5.2", "This line is not a command");
    public static readonly SmtpReply LineTooLong = new(500, "5.5.2", "The line is too long");
    public static readonly SmtpReply BareNewline = new(500, "5.5.2", "End lines with CR LF; neither may stand alone");
    public static readonly SmtpReply BareNewlineInMessage = new(554, "5.6.0", "The message holds a CR or LF alone; lines end with CR LF");
    public static readonly SmtpReply TooLarge = new(552, "5.3.4", "The message is larger than this server takes");
    public static readonly SmtpReply Loop = new(554, "5.4.6", "The message has gone through too many servers: this looks like a loop");
    public static readonly SmtpReply TooManyConnections = new(421, "4.7.0", "Too many connections from your address; try again later");
    public static readonly SmtpReply TooManyErrors = new(421, "4.7.0", "Too many errors");
    public static readonly SmtpReply TooManyCommands = new(421, "4.7.0", "Too many commands without a message");
    public static readonly SmtpReply TimedOut = new(421, "4.4.2", "Too slow: the connection is closed");
    public static readonly SmtpReply Stopping = new(421, "4.3.2", "The server is stopping; try again in a moment");
    public static readonly SmtpReply SignedOut = new(421, "4.7.0", "The session was ended; sign in again");
    public static readonly SmtpReply Broken = new(451, "4.3.0", "Something went wrong here; try again later");
    public static readonly SmtpReply SignInFirst = new(530, "5.7.0", "Sign in first");
    public static readonly SmtpReply TlsFirst = new(538, "5.7.11", "Say STARTTLS first: passwords do not cross in the clear");
}
