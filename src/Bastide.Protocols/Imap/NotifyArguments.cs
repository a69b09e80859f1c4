namespace Bastide.Protocols.Imap;

/// <summary>What NOTIFY asks for (RFC 5465 §3.1, §8).</summary>
/// <param name="WantsStatus">Whether the mailboxes are told as they are first.</param>
/// <param name="Groups">The parts; none for <c>NOTIFY NONE</c>.</param>
/// <param name="UnknownEvent">An event that is not known here, or null.</param>
public sealed record NotifyArguments(bool WantsStatus, IReadOnlyList<NotifyGroup> Groups, string? UnknownEvent)
{
    /// <summary>The events that are known, as <c>BADEVENT</c> lists them.</summary>
    public const string Events = "MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange MailboxMetadataChange ServerMetadataChange";

    const int MostGroups = 100;

    /// <summary>Reads them, to the end.</summary>
    public static NotifyArguments Parse(ImapArguments arguments, bool utf8)
    {
        if (arguments.TryKeyword("NONE"))
        {
            arguments.ExpectEnd();
            return new NotifyArguments(false, [], null);
        }

        if (!arguments.TryKeyword("SET")) throw new ImapSyntaxException("NOTIFY takes NONE or SET");
        arguments.Space();
        var wantsStatus = arguments.TryKeyword("STATUS");
        if (wantsStatus) arguments.Space();
        string? unknown = null;
        var groups = new List<NotifyGroup>();
        do
        {
            if (groups.Count == MostGroups) throw new ImapSyntaxException($"NOTIFY takes {MostGroups} groups at most");
            groups.Add(Group(arguments, utf8, ref unknown));
        }
        while (arguments.TrySpace());

        arguments.ExpectEnd();
        if (groups.Count(group => group.Scope is NotifyScope.Selected or NotifyScope.SelectedDelayed) > 1) throw new ImapSyntaxException("The selected mailbox is named once");
        return new NotifyArguments(wantsStatus, groups, unknown);
    }

    static NotifyGroup Group(ImapArguments arguments, bool utf8, ref string? unknown)
    {
        arguments.Open();
        var scope = arguments.Keyword() switch
        {
            "SELECTED" => NotifyScope.Selected,
            "SELECTED-DELAYED" => NotifyScope.SelectedDelayed,
            "INBOXES" => NotifyScope.Inboxes,
            "PERSONAL" => NotifyScope.Personal,
            "SUBSCRIBED" => NotifyScope.Subscribed,
            "SUBTREE" => NotifyScope.Subtree,
            "MAILBOXES" => NotifyScope.Mailboxes,
            _ => throw new ImapSyntaxException("NOTIFY tells of SELECTED, SELECTED-DELAYED, INBOXES, PERSONAL, SUBSCRIBED, SUBTREE or MAILBOXES"),
        };
        arguments.Space();
        List<string> mailboxes = [];
        if (scope is NotifyScope.Subtree or NotifyScope.Mailboxes)
        {
            mailboxes = arguments.Peek == '(' ? arguments.ListOf(one => one.Mailbox(utf8)) : [arguments.Mailbox(utf8)];
            if (mailboxes.Count == 0) throw new ImapSyntaxException("No mailbox is named");
            arguments.Space();
        }

        var (events, items) = EventsOf(arguments, ref unknown);
        if (!arguments.TryClose()) throw new ImapSyntaxException("A \")\" is missing");
        Check(scope, events, unknown);
        return new NotifyGroup(scope, mailboxes.Select(name => name.TrimEnd('/')).ToHashSet(), events, items);
    }

    static (NotifyEvents Events, FetchArguments? Items) EventsOf(ImapArguments arguments, ref string? unknown)
    {
        if (arguments.TryKeyword("NONE")) return (NotifyEvents.None, null);
        var events = NotifyEvents.None;
        FetchArguments? items = null;
        arguments.Open();
        for (var count = 0; count == 0 || !arguments.TryClose(); count++)
        {
            if (count > 0) arguments.Space();
            var name = arguments.Atom();
            switch (name.ToUpperInvariant())
            {
                case "MESSAGENEW":
                    events |= NotifyEvents.MessageNew;
                    if (arguments.Rest.Span.StartsWith(" ("u8))
                    {
                        arguments.Space();
                        items = FetchArguments.ParseItems(arguments);
                    }

                    break;
                case "MESSAGEEXPUNGE":
                    events |= NotifyEvents.MessageExpunge;
                    break;
                case "FLAGCHANGE":
                    events |= NotifyEvents.FlagChange;
                    break;
                case "MAILBOXNAME":
                    events |= NotifyEvents.MailboxName;
                    break;
                case "SUBSCRIPTIONCHANGE":
                    events |= NotifyEvents.SubscriptionChange;
                    break;
                case "MAILBOXMETADATACHANGE":
                    events |= NotifyEvents.MailboxMetadataChange;
                    break;
                case "SERVERMETADATACHANGE":
                    events |= NotifyEvents.ServerMetadataChange;
                    break;
                default:
                    unknown = name;
                    break;
            }
        }

        return (events, items);
    }

    /// <summary>RFC 5465 §5: new messages and those that are gone go together, changes of flags with both.</summary>
    static void Check(NotifyScope scope, NotifyEvents events, string? unknown)
    {
        if (unknown is not null) return;
        if (events.HasFlag(NotifyEvents.MessageNew) != events.HasFlag(NotifyEvents.MessageExpunge)) throw new ImapSyntaxException("MessageNew and MessageExpunge go together");
        if (events.HasFlag(NotifyEvents.FlagChange) && !events.HasFlag(NotifyEvents.MessageNew)) throw new ImapSyntaxException("FlagChange goes with MessageNew and MessageExpunge");
        if (scope is NotifyScope.Selected or NotifyScope.SelectedDelayed && (events & ~NotifyEvents.OfMessages) != 0) throw new ImapSyntaxException("Of the selected mailbox the messages alone are told");
    }
}
