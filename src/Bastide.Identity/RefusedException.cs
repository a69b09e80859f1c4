using Bastide.Platform.Db;

namespace Bastide.Identity;

/// <summary>Undoes a transaction and says why; never leaves the operation, which turns it into a <see cref="Refusal"/>.</summary>
sealed class RefusedException(RefusalKind kind, string description) : Exception(description)
{
    public Refusal Refusal { get; } = new(kind, description);
}

/// <summary>Transactions whose work may refuse.</summary>
static class RefusingTransactions
{
    public static async Task<Outcome<T>> Try<T>(this Database database, Func<WriteScope, ValueTask<T>> work, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return new Outcome<T>(await database.Write(work, cancellation), null);
        }
        catch (RefusedException refused)
        {
            return new Outcome<T>(null, refused.Refusal);
        }
    }

    public static async Task<Refusal?> Try(this Database database, Func<WriteScope, ValueTask> work, CancellationToken cancellation)
    {
        try
        {
            await database.Write(work, cancellation);
            return null;
        }
        catch (RefusedException refused)
        {
            return refused.Refusal;
        }
    }
}
