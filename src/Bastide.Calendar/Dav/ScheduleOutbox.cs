using System.Xml.Linq;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav;

/// <summary>Where programs ask when others are free (RFC 6638 §2.3, §5). Nothing stays in it.</summary>
sealed class ScheduleOutbox(DavHome home) : DavCollection(home.Path.Child(ResourceName), home)
{
    /// <summary>Its name in the home; no calendar has it.</summary>
    public const string ResourceName = "schedule-outbox";

    static readonly XName[] Types = [CalDavNames.Of("schedule-outbox")];

    public override Rights Rights => Rights.Read;

    public override IReadOnlyList<XName> ResourceTypes => Types;

    public override async IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted)
    {
        await Task.CompletedTask;
        yield break;
    }

    public override ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted) => new([]);
}
