using Xunit;

namespace Bastide.Fuzz.Tests;

/// <summary>There is one workplace in the process, and the memory of the whole of it is measured.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class OneAtATime;
