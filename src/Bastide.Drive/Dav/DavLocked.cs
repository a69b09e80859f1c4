using Bastide.Platform.Db;
using Bastide.Protocols.Dav;

namespace Bastide.Drive.Dav;

/// <summary>Asks a guard within the transaction of an operation, and keeps what it says for the answer.</summary>
sealed class DavLocked(DavGuard guard)
{
    /// <summary>What stood against the change; null where nothing did.</summary>
    public DavError? Error { get; private set; }

    /// <summary>What the operation is to ask.</summary>
    public FileCondition Condition => new(guard.ETag, guard.MustBeNew, Check);

    async ValueTask<bool> Check(ReadScope scope)
    {
        Error = await guard.CheckLocks(scope);
        return Error is null;
    }
}
