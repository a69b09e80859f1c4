using Bastide.Protocols.Dav;
using Bastide.Protocols.ICalendar;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Bastide.Calendar.Dav;

/// <summary>The multistatus of a report about objects: each with what was asked of its text.</summary>
sealed class ObjectAnswer(DavCall call, DavWanted wanted, DateTimeZone floating) : IDisposable
{
    readonly CalendarDataRequest? _data = CalendarDataRequest.Of(call, wanted, floating);
    DavMultistatus? _answer;

    /// <summary>Whether texts are told.</summary>
    public bool NeedsText => _data is not null;

    DavMultistatus Answer => _answer ??= call.BeginMultistatus(wanted);

    /// <summary>Tells objects; of one that recurs too often to be told, that it is too much (RFC 4791 §7.8).</summary>
    public async ValueTask Write(IReadOnlyList<CalendarResource> objects)
    {
        var told = new List<DavNode>();
        foreach (var one in objects)
        {
            try
            {
                if (_data is not null && one.Stored.Text is { } text) one.Told = _data.Of(text);
                told.Add(one);
            }
            catch (ExpansionRefusedException)
            {
                await Refuse(one.Href);
            }
        }

        if (told.Count > 0) await Answer.Write(told);
    }

    /// <summary>Tells that there is nothing at an address.</summary>
    public ValueTask NotFound(string href) => Answer.Write(href, DavError.NotFound);

    /// <summary>Tells that what is at an address is too much to be told.</summary>
    public ValueTask Refuse(string href) => Answer.Write(href, new DavError(StatusCodes.Status507InsufficientStorage, DavNames.Of("number-of-matches-within-limits")));

    /// <summary>Ends it.</summary>
    public ValueTask End() => Answer.End();

    public void Dispose() => _answer?.Dispose();
}
