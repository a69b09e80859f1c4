using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>
/// Reads a patch of an Email: whole <c>keywords</c> and <c>mailboxIds</c>, or single members by path; everything else of an
/// Email is immutable and may only be repeated. RFC 8621 §4.6, RFC 8620 §5.3.
/// </summary>
sealed class EmailPatch
{
    const string Keywords = "keywords";
    const string MailboxIds = "mailboxIds";

    readonly InvalidProperties _invalid = new();
    readonly CreatedIds _created;

    public EmailPatch(JsonObject patch, CreatedIds created)
    {
        _created = created;
        var keywords = new Members<string>();
        var mailboxes = new Members<long>();
        foreach (var (path, value) in patch)
        {
            var tokens = JmapPatch.Split(path);
            switch (tokens)
            {
                case [Keywords]:
                    keywords.Whole = IdSets.Keywords(value, _invalid);
                    break;
                case [MailboxIds]:
                    mailboxes.Whole = IdSets.Mailboxes(value, created, _invalid) ?? [];
                    break;
                case [Keywords, var keyword]:
                    Change(path, keywords, keyword, value);
                    break;
                case [MailboxIds, var mailbox]:
                    ChangeMailbox(path, mailboxes, mailbox, value);
                    break;
                case [var name] when EmailProperties.Exists(name):
                    Repeated[name] = value?.DeepClone();
                    break;
                case [Keywords or MailboxIds, ..]:
                    Error ??= new SetError("invalidPatch", $"The path {path} leads nowhere.");
                    break;
                default:
                    _invalid.Add(path, EmailProperties.Exists(tokens[0]) ? "it cannot be changed." : "there is no such property.");
                    break;
            }
        }

        if (keywords.IsBoth || mailboxes.IsBoth)
            Error ??= new SetError("invalidPatch", "A set is given whole, or member by member.");
        if (_invalid.Any) Error ??= _invalid.ToError();
        Update = new EmailUpdate { Keywords = keywords.ToPatch(), MailboxIds = mailboxes.ToPatch() };
    }

    /// <summary>What is wrong with it, or null.</summary>
    public SetError? Error { get; }

    public EmailUpdate Update { get; }

    /// <summary>Immutable properties that the client sent along: their values must be the present ones.</summary>
    public JsonObject Repeated { get; } = [];

    void Change<T>(string path, Members<T> members, T member, JsonNode? value)
    {
        if (value is null) members.Remove.Add(member);
        else if (value.AsFlag() is true) members.Add.Add(member);
        else _invalid.Add(path, "a member of a set is true, or null to take it out.");
    }

    void ChangeMailbox(string path, Members<long> members, string mailbox, JsonNode? value)
    {
        if (WireId.Mailbox.Resolve(mailbox, _created) is { } number) Change(path, members, number, value);
        // What is in no mailbox of that name need not be taken out of it.
        else if (value is not null) _invalid.Add(path, "there is no such mailbox.");
    }

    sealed class Members<T>
    {
        public List<T>? Whole { get; set; }

        public List<T> Add { get; } = [];

        public List<T> Remove { get; } = [];

        public bool IsBoth => Whole is not null && Add.Count + Remove.Count > 0;

        public Patch<T>? ToPatch() => Whole is null && Add.Count + Remove.Count == 0 ? null : new Patch<T> { Replace = Whole, Add = Add, Remove = Remove };
    }
}
