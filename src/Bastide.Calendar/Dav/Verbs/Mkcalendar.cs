using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav.Verbs;

/// <summary><c>MKCALENDAR</c>: makes a calendar, with properties where the body says so. RFC 4791 §5.3.1.</summary>
static class Mkcalendar
{
    public static async ValueTask Handle(DavCall call)
    {
        if (await call.Target() is not null)
        {
            await call.Answer(DavError.Violated(DavNames.Of("resource-must-be-null")));
            return;
        }

        var body = await call.ReadXml();
        if (body is not null && body.Name != CalDavNames.Of("mkcalendar"))
        {
            await call.Answer(DavError.BadRequest("The body of MKCALENDAR is a CALDAV:mkcalendar."));
            return;
        }

        await call.MakeCollection(body, [CalDavNames.Calendar], CalDavNames.Of("mkcalendar-response"));
    }
}
