using System.Globalization;
using Bastide.Abstractions.Http;
using Bastide.Drive.Uploads;
using Bastide.Platform.Accounts;
using Microsoft.AspNetCore.Http;

namespace Bastide.Drive.Tus;

/// <summary><c>POST</c>: begins an upload, of partial ones makes a whole (tus 1.0, Creation and Concatenation).</summary>
static class TusCreate
{
    const int LongestFacts = 4096;
    const int MostPartial = 200;

    public static async Task Handle(HttpContext context, TusProtocol tus)
    {
        var (caller, headers) = (context.RequiredCaller(), context.Request.Headers);
        if (TusProtocol.AccountOf(context) is not { } account)
        {
            await TusProtocol.Refuse(context, FileError.NotFound);
            return;
        }

        var facts = headers["Upload-Metadata"].ToString();
        if (facts.Length > LongestFacts)
        {
            await TusProtocol.Refuse(context, StatusCodes.Status400BadRequest, $"Upload-Metadata has {LongestFacts} characters at most.");
            return;
        }

        var name = Guid.NewGuid().ToString("N");
        var concat = headers["Upload-Concat"].ToString();
        if (concat.StartsWith("final;", StringComparison.Ordinal)) await Concatenate(context, tus, caller, account, name, facts, concat[6..]);
        else await Begin(context, tus, caller, account, name, facts, concat);
    }

    static async Task Begin(HttpContext context, TusProtocol tus, Caller caller, AccountId account, string name, string facts, string concat)
    {
        var headers = context.Request.Headers;
        var isDeferred = headers["Upload-Defer-Length"] == "1";
        if (concat is not ("" or "partial") || isDeferred == long.TryParse(headers["Upload-Length"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            await TusProtocol.Refuse(context, StatusCodes.Status400BadRequest, "Upload-Length says how many octets there will be, or Upload-Defer-Length: 1 that it will be said later.");
            return;
        }

        if (length > TusProtocol.Largest)
        {
            await TusProtocol.Refuse(context, StatusCodes.Status413PayloadTooLarge, $"An upload has {TusProtocol.Largest} octets at most.");
            return;
        }

        if (await tus.Uploads.Begin(caller, account, TusProtocol.Kind, name, isDeferred ? null : length, Facts(concat, facts), context.RequestAborted) is { } refused)
        {
            await TusProtocol.Refuse(context, refused);
            return;
        }

        context.Response.Headers.Location = tus.AddressOf(account, name);
        var upload = (await tus.Uploads.Find(caller, TusProtocol.Kind, name, context.RequestAborted))!;
        // An upload of nothing is whole at once; the first octets may come with the request.
        if (context.Request.ContentType == TusPatch.ContentType || upload.Length == 0) await TusPatch.Append(context, tus, upload, StatusCodes.Status201Created);
        else Created(context, upload);
    }

    static async Task Concatenate(HttpContext context, TusProtocol tus, Caller caller, AccountId account, string name, string facts, string list)
    {
        var addresses = list.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var partial = new List<PartialUpload>();
        foreach (var address in addresses.Take(MostPartial + 1))
            if (await tus.Uploads.Find(caller, TusProtocol.Kind, address.TrimEnd('/').Split('/')[^1], context.RequestAborted) is { } one && one.Account == account && IsPartial(one) && one.Size == one.Length)
                partial.Add(one);
        if (partial.Count != addresses.Length || partial.Count is 0 or > MostPartial)
        {
            await TusProtocol.Refuse(context, StatusCodes.Status400BadRequest, $"Upload-Concat names whole partial uploads of this account, {MostPartial} at most.");
            return;
        }

        if (await tus.Uploads.Begin(caller, account, TusProtocol.Kind, name, partial.Sum(one => one.Size), Facts("", facts), context.RequestAborted) is { } refused)
        {
            await TusProtocol.Refuse(context, refused);
            return;
        }

        var upload = (await tus.Uploads.Find(caller, TusProtocol.Kind, name, context.RequestAborted))!;
        var offset = 0L;
        foreach (var one in partial)
        {
            var joined = await tus.Uploads.Join(one, context.RequestAborted);
            if (joined.Size > 0 && await tus.Uploads.Add(upload, new UploadPart(PartialUploads.NameAt(offset), joined.Id, joined.Size), offset, context.RequestAborted) is { } stuck)
            {
                await TusProtocol.Refuse(context, stuck);
                return;
            }

            offset += joined.Size;
        }

        upload = (await tus.Uploads.Find(caller, TusProtocol.Kind, name, context.RequestAborted))!;
        await tus.TellBlob(context, upload);
        foreach (var one in partial) await tus.Uploads.End(one, context.RequestAborted);
        context.Response.Headers.Location = tus.AddressOf(account, name);
        Created(context, upload);
    }

    /// <summary>Whether an upload is a part of a whole that is made later.</summary>
    public static bool IsPartial(PartialUpload upload) => upload.Facts?.StartsWith("partial\n", StringComparison.Ordinal) == true;

    /// <summary>What the client wanted to have kept with an upload.</summary>
    public static string MetadataOf(PartialUpload upload) => upload.Facts is { } facts ? facts[(facts.IndexOf('\n', StringComparison.Ordinal) + 1)..] : "";

    static string Facts(string concat, string metadata) => concat + "\n" + metadata;

    static void Created(HttpContext context, PartialUpload upload)
    {
        TusProtocol.TellState(context, upload);
        context.Response.StatusCode = StatusCodes.Status201Created;
    }
}
