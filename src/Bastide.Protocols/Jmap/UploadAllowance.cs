using Bastide.Platform.Accounts;
using Bastide.Platform.Limits;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// How much a person may put into the blob store before anything refers to it: bytes that nothing refers to are kept for
/// a day, count against no quota, and could fill the disk. The same allowance for uploads, for blobs made in requests, and for
/// what is to be attached to events.
/// </summary>
public sealed class UploadAllowance(Limiter limiter)
{
    /// <summary>The limit's name in problems.</summary>
    public const string Name = "maxUploadedOctets";

    const double Octets = 10e9;
    const double PerDay = 10e9;
    static readonly RateLimit Limit = new("jmap-upload-octets", Octets, PerDay / (24 * 3600));

    /// <summary>Whether so many octets may still come; when not, how long to wait.</summary>
    public bool HasRoom(Caller caller, long octets, out TimeSpan wait) => limiter.HasRoom(Limit, caller.Person.ToString(), out wait, octets);

    /// <summary>Takes what came: as much as is left, when uploads side by side came to more than that.</summary>
    public void Take(Caller caller, long octets)
    {
        var left = octets;
        for (var part = octets; part > 0 && left > 0; part /= 2)
            if (limiter.TryTake(Limit, caller.Person.ToString(), out _, Math.Min(part, left)))
                left -= Math.Min(part, left);
    }
}
