using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>The letters of mail's ids on the wire, as <c>WireId.Mailbox</c> and so on.</summary>
static class MailIds
{
    static readonly WireId OfMailboxes = new('m');
    static readonly WireId OfEmails = new('e');
    static readonly WireId OfThreads = new('t');
    static readonly WireId OfIdentities = new('i');
    static readonly WireId OfSubmissions = new('s');

    extension(WireId)
    {
        public static WireId Mailbox => OfMailboxes;

        public static WireId Email => OfEmails;

        public static WireId Thread => OfThreads;

        public static WireId Identity => OfIdentities;

        public static WireId Submission => OfSubmissions;
    }
}
