using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Xml;

/// <summary>Answers errors (RFC 4918 §16).</summary>
static class ErrorBody
{
    /// <summary>Answers an error: as a multistatus where something below is to blame, with the <c>DAV:error</c> element where a condition is named, as plain text where there is a sentence.</summary>
    public static async ValueTask Write(DavCall call, DavError error)
    {
        if (error.Member is { } member)
        {
            using var answer = call.BeginMultistatus(DavWanted.None);
            await answer.Write(member, error);
            await answer.End();
            return;
        }

        var response = call.Http.Response;
        response.StatusCode = error.Status;
        // The rest of what was too large is not waited for.
        if (error.Status == StatusCodes.Status413PayloadTooLarge) response.Headers.Connection = "close";
        if (error.Condition is null)
        {
            if (error.Text is null) return;
            response.ContentType = "text/plain; charset=utf-8";
            await response.WriteAsync(error.Text + "\n", call.Cancellation);
            return;
        }

        response.ContentType = "application/xml; charset=utf-8";
        using var xml = new DavXmlWriter(response.BodyWriter, call.Table.Namespaces);
        xml.Begin(DavNames.Of("error"));
        WriteCondition(xml, error);
        xml.End();
        await xml.Flush(call.Cancellation);
    }

    /// <summary>The <c>DAV:error</c> and <c>DAV:responsedescription</c> elements within a multistatus, where there is anything to say.</summary>
    public static void WriteElement(DavXmlWriter xml, DavError error)
    {
        if (error.Condition is null)
        {
            if (error.Text is not null) xml.Element(DavNames.Of("responsedescription"), error.Text);
            return;
        }

        xml.Start(DavNames.Of("error"));
        WriteCondition(xml, error with { Text = null });
        xml.End();
        if (error.Text is not null) xml.Element(DavNames.Of("responsedescription"), error.Text);
    }

    static void WriteCondition(DavXmlWriter xml, DavError error)
    {
        if (error.Content is null)
        {
            xml.Empty(error.Condition!);
        }
        else
        {
            xml.Start(error.Condition!);
            error.Content(xml);
            xml.End();
        }

        if (error.Text is not null) xml.Element(DavNames.Of("responsedescription"), error.Text);
    }
}
