using System.Runtime.CompilerServices;

namespace Bastide.Fuzz;

/// <summary>A parser of outside bytes and what must hold of it, whatever comes.</summary>
/// <param name="Name">What it is called on the command line; the name of its folder below <c>Corpus/</c>.</param>
/// <param name="Run">Feeds it some octets. Returns when they were read or refused; throws only where something is broken.</param>
/// <param name="Instrumented">The assemblies whose branches guide the search.</param>
sealed record FuzzTarget(string Name, Action<byte[]> Run, params string[] Instrumented)
{
    /// <summary>How many octets a run may allocate altogether, however short its input.</summary>
    public long Allowance { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many more it may allocate for each octet of its input.</summary>
    public long AllowanceAnOctet { get; init; } = 4096;

    /// <summary>Where the inputs are kept that were worth keeping.</summary>
    public string Corpus => Path.Combine(Home(), "Corpus", Name);

    /// <summary>Feeds it some octets; throws also when that took more memory than it may.</summary>
    /// <returns>The octets that were allocated.</returns>
    public long Check(byte[] input)
    {
        var before = GC.GetTotalAllocatedBytes();
        Run(input);
        var allocated = GC.GetTotalAllocatedBytes() - before;
        Invariant.Holds(allocated <= Allowance + (AllowanceAnOctet * input.Length), $"{input.Length} octets of input made it allocate {allocated}");
        return allocated;
    }

    static string Home([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
