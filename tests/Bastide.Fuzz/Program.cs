using System.Diagnostics;
using System.Runtime.InteropServices;
using Bastide.Fuzz;
using SharpFuzz;

// Under afl-fuzz: Bastide.Fuzz TARGET WARM-UP-DIRECTORY. By hand: Bastide.Fuzz TARGET FILE-OR-DIRECTORY… says what each
// input does; Bastide.Fuzz --assemblies TARGET says what to instrument; Bastide.Fuzz --list names the targets.
if (args is ["--list"])
{
    foreach (var known in FuzzTargets.All) Console.WriteLine(known.Name);
    return 0;
}

if (args is ["--assemblies", var which] && FuzzTargets.Find(which) is { } described)
{
    foreach (var assembly in described.Instrumented) Console.WriteLine(assembly);
    return 0;
}

if (args.Length == 0 || FuzzTargets.Find(args[0]) is not { } target)
{
    Console.Error.WriteLine($"The targets are {string.Join(", ", FuzzTargets.All.Select(t => t.Name))}.");
    return 1;
}

var files = args.Skip(1).SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path).Order(StringComparer.Ordinal) : Enumerable.Repeat(path, 1)).ToList();
UseOwnMap();
if (Environment.GetEnvironmentVariable("__AFL_SHM_ID") is null) return Replay(target, files);

// SharpFuzz runs this program twice: once as what afl-fuzz speaks to, once for the inputs, and that one is made anew
// after each hang. Only the latter is warmed up, so that what happens once in a process is not taken for news.
if (Environment.GetEnvironmentVariable("__SHARPFUZZ_CTL") is not null)
    foreach (var file in files)
        TryRun(target, File.ReadAllBytes(file));
Fuzzer.OutOfProcess.Run(stream =>
{
    using var octets = new MemoryStream();
    stream.CopyTo(octets);
    target.Check(octets.ToArray());
});
return 0;

static void TryRun(FuzzTarget target, byte[] input)
{
    try
    {
        target.Run(input);
    }
    catch (Exception)
    {
        // It will be found again while somebody counts.
    }
}

static int Replay(FuzzTarget target, List<string> files)
{
    var failed = 0;
    foreach (var file in files)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var allocated = target.Check(File.ReadAllBytes(file));
            Console.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalMilliseconds,8:0.0} ms {allocated,12} octets  {file}");
        }
        catch (Exception exception)
        {
            failed++;
            Console.WriteLine($"{file}\n{exception}\n");
        }
    }

    Console.WriteLine($"{files.Count - failed} passed, {failed} failed");
    return failed == 0 ? 0 : 1;
}

// What is instrumented counts into a map from its first instruction on; until afl-fuzz lends its own there must be another.
static unsafe void UseOwnMap() => SharpFuzz.Common.Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(1 << 16);
