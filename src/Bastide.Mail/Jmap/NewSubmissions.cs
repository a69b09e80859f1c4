using System.Text.Json.Nodes;
using Bastide.Mail.Delivery;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>Sends the messages of EmailSubmission/set create. RFC 8621 §7, §7.5.</summary>
sealed class NewSubmissions(Submissions submissions, Identities identities, Messages messages, TimeProvider time)
{
    /// <summary>The submission, durable, or why there is none.</summary>
    public async ValueTask<(Submission? Submission, SetError? Error)> Send(JmapCall call, JsonObject properties)
    {
        var invalid = new InvalidProperties();
        foreach (var (name, _) in properties)
            if (name is not ("identityId" or "emailId" or "envelope"))
                invalid.Add(name, SubmissionProperties.All.Names.Contains(name) ? "the server sets it." : "there is no such property.");
        var (envelope, sendAt) = EnvelopeReader.Read(properties["envelope"], time.GetUtcNow(), invalid);
        var identity = await FindIdentity(call, properties["identityId"].AsText());
        if (identity is null) invalid.Add("identityId", "there is no such identity.");
        var message = await FindMessage(call, properties["emailId"].AsText());
        if (message is null) invalid.Add("emailId", "there is no such email.");
        if (invalid.Any) return (null, invalid.ToError());
        if (envelope is null && Authors(message!.Header) is { } ambiguous) return (null, ambiguous);

        var result = await submissions.Submit(call.Caller, new SubmitRequest(call.Account, message!.Blob)
        {
            Envelope = envelope,
            Sender = identity!.Email,
            IdentityId = identity.Id,
            EmailId = message.Id,
            ThreadId = message.ThreadId,
            SendAt = sendAt,
        }, call.Cancellation);
        return result.Submission is { } submission ? (submission, null) : (null, SubmissionErrors.From(result));
    }

    /// <summary>
    /// An envelope is made only of a message with one sender or, where none is named, one author. Its address is that of the
    /// identity either way: any other is not allowed by it. RFC 8621 §7.
    /// </summary>
    static SetError? Authors(MessageHeader header)
    {
        if (header.Sender is { Count: > 1 }) return Ambiguous("sender");
        return header.Sender is not { Count: 1 } && header.From is { Count: > 1 } ? Ambiguous("from") : null;
    }

    static SetError Ambiguous(string property) =>
        new("invalidEmail", "The message has several senders: name one in Sender, or give an envelope.", [property]);

    async ValueTask<Identity?> FindIdentity(JmapCall call, string? id) =>
        WireId.Identity.Resolve(id, call.Created) is { } number
            ? (await identities.Get(call.Caller, call.Account, [number], call.Cancellation)).Found.SingleOrDefault()
            : null;

    async ValueTask<Message?> FindMessage(JmapCall call, string? id) =>
        WireId.Email.Resolve(id, call.Created) is { } number
            ? (await messages.Get(call.Caller, call.Account, [number], withStructure: false, call.Cancellation)).Found.SingleOrDefault()
            : null;
}
