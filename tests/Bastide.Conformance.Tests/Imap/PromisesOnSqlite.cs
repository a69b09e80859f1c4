namespace Bastide.Conformance.Imap;

public sealed class PromisesOnSqlite : PromiseContract
{
    protected override Task<string?> Database() => Task.FromResult<string?>(null);
}
