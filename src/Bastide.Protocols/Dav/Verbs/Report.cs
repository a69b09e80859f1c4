namespace Bastide.Protocols.Dav.Verbs;

/// <summary><c>REPORT</c>: the report that the body names, in the file of that name. RFC 3253 §3.6.</summary>
static class Report
{
    public static async ValueTask Handle(DavCall call)
    {
        var body = await call.ReadXml();
        if (body is null)
        {
            await call.Answer(DavError.BadRequest("The body of REPORT names a report."));
            return;
        }

        if (await call.Target() is not { } node) await call.Answer(DavError.NotFound);
        else if (call.Table.Report(body.Name, node) is { } report) await report(call, node, body);
        else await call.Answer(DavError.Violated(DavNames.Of("supported-report")));
    }
}
