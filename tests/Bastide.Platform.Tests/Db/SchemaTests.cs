using Bastide.Testing;
using Shouldly;

namespace Bastide.Platform.Tests.Db;

public sealed class SchemaTests
{
    [Fact]
    public async Task Both_engines_have_the_same_tables() => (await SchemaParity.Differences()).ShouldBeEmpty();
}
