using Xunit;

namespace Bastide.Protocols.Tests;

/// <summary>Tests that look at the memory of the whole process: they run while no other test does.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class MeasuresMemory;
