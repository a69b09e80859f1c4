using Bastide.Testing;

namespace Bastide.Platform.Tests;

/// <summary>The platform's own tables alone.</summary>
public sealed class PlatformPostgres() : PostgresFixture();
