using System.Globalization;
using Bastide.Calendar.Attachments;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Dav;
using Bastide.Protocols.Jmap;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Bastide.Calendar.Dav.Verbs;

/// <summary><c>POST</c> to an object: adds, replaces and removes what is attached to it. RFC 8607 §3.3–3.6.</summary>
sealed class AttachmentPost(ManagedAttachmentStore attachments, BlobStore blobs, UploadAllowance allowance)
{
    const int MostInstances = 100;
    const int CopyOctets = 64 * 1024;

    public async ValueTask Handle(DavCall call)
    {
        var node = (CalendarResource)(await call.Target())!;
        var query = call.Http.Request.Query;
        var (action, managedId) = (query["action"].ToString(), query["managed-id"].ToString());
        // RFC 8607 §3.3.2: "rid" goes with adding and removing.
        var instances = query.ContainsKey("rid") ? query["rid"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : null;
        if (Check(call, node, action, managedId, instances) is { } refused)
        {
            await call.Answer(refused);
            return;
        }

        var guard = await call.Guard(node, DavReach.Node);
        // What is refused later lies in the store for a day all the same.
        if (action != "attachment-remove" && !allowance.HasRoom(call.Caller, Math.Min(call.Http.Request.ContentLength ?? ManagedAttachmentStore.MostOctets, ManagedAttachmentStore.MostOctets), out var wait))
        {
            call.Http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await call.Answer(new DavError(StatusCodes.Status429TooManyRequests, Text: "You uploaded very much in a short time: wait a while."));
            return;
        }

        var upload = action == "attachment-remove" ? null : await Store(call);
        if (upload is null && action != "attachment-remove")
        {
            call.Http.Response.Headers.Connection = "close";
            await call.Answer(DavError.Violated(CalDavNames.Of("max-attachment-size"), $"A file that is attached has at most {ManagedAttachmentStore.MostOctets} octets."));
            return;
        }

        var (account, stored, wishes, ifMatch) = (node.Home!.Account, node.Stored, SchedulingHeaders.Read(call), guard.ETag?.Trim('"'));
        var outcome = action switch
        {
            "attachment-add" => await attachments.Add(call.Caller, account, stored.CalendarId, stored.Resource, ifMatch, wishes, upload!, instances, call.Cancellation),
            "attachment-update" => await attachments.Update(call.Caller, account, stored.CalendarId, stored.Resource, ifMatch, wishes, managedId, upload!, call.Cancellation),
            _ => await attachments.Remove(call.Caller, account, stored.CalendarId, stored.Resource, ifMatch, wishes, managedId, instances, call.Cancellation),
        };
        if (outcome.Stored.Refused is { } error)
        {
            await call.Answer(CalDavErrors.Of(error, node));
            return;
        }

        if (outcome.ManagedId is { } id) call.Http.Response.Headers["Cal-Managed-ID"] = id;
        SchedulingHeaders.Write(call, outcome.Stored.Stored!);
        call.Http.Response.Headers.ETag = CalendarResource.Quoted(outcome.Stored.Stored!.ETag);
        var status = action == "attachment-add" ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        if (!await call.AnswerRepresentation(status)) await call.Answer(status == StatusCodes.Status200OK ? StatusCodes.Status204NoContent : status);
    }

    static DavError? Check(DavCall call, CalendarResource node, string action, string managedId, string[]? instances)
    {
        if (action is not ("attachment-add" or "attachment-update" or "attachment-remove")) return DavError.Violated(CalDavNames.Of("valid-action"), "The action is attachment-add, attachment-update or attachment-remove.");
        if (!node.Rights.HasFlag(Rights.Write)) return DavError.NeedPrivileges(node, DavNames.Write);
        if (instances is not null && (action == "attachment-update" || instances.Length is 0 or > MostInstances)) return DavError.Violated(CalDavNames.Of("valid-rid"), $"rid names from 1 to {MostInstances} instances to add to or to remove from.");
        return action == "attachment-add" == (managedId.Length > 0) ? DavError.Violated(CalDavNames.Of("valid-managed-id"), "managed-id says what is replaced or removed.") : null;
    }

    /// <summary>Stores the body; null where it is larger than anything attached may be.</summary>
    async ValueTask<AttachmentUpload?> Store(DavCall call)
    {
        var request = call.Http.Request;
        if (request.ContentLength > ManagedAttachmentStore.MostOctets) return null;
        await using var writer = blobs.Create();
        var buffer = new byte[CopyOctets];
        while (await request.Body.ReadAsync(buffer, call.Cancellation) is > 0 and var read)
        {
            if (writer.Length + read > ManagedAttachmentStore.MostOctets) return null;
            await writer.WriteAsync(buffer.AsMemory(0, read), call.Cancellation);
        }

        var name = ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var disposition) ? (disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName)).ToString() : null;
        var stored = await writer.Complete(call.Cancellation);
        allowance.Take(call.Caller, stored.Size);
        return new AttachmentUpload(stored, request.ContentType, name);
    }
}
