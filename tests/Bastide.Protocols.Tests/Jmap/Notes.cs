using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Protocols.Jmap;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>A module with two types, whose methods do what a test of the engine needs.</summary>
public sealed class Notes : IJmapMethods
{
    public const string Capability = "urn:example:notes";

    /// <summary>Only on the person's own account.</summary>
    public const string OwnCapability = "urn:example:own";

    public static readonly DataType Note = new("Note");
    public static readonly DataType Diary = new("Diary");

    /// <summary>Pushed as it is: a reminder for each number of the sequence.</summary>
    public static readonly DataType Reminder = new("Reminder");

    readonly ConcurrentDictionary<string, Gate> _gates = new();

    /// <summary>Which notes refer to a blob.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<string>> References { get; } = new();

    /// <summary>The reminders there are, by person and number.</summary>
    public ConcurrentDictionary<AccountId, IReadOnlyList<Sequence>> Reminders { get; } = new();

    /// <summary>What calls of <c>Note/hold</c> with this name wait at.</summary>
    public Gate At(string name) => _gates.GetOrAdd(name, _ => new Gate());

    public void Register(JmapMethodTable table)
    {
        table.AddCapability(Capability, _ => [], (_, _, _) => []);
        table.AddCapability(OwnCapability, _ => [], (caller, account, _) => account.Id == caller.Person ? [] : null);
        table.AddType(Note, Capability);
        table.AddType(Diary, OwnCapability);
        table.AddPushed(Reminder, OwnCapability, (caller, since, until, _) => ValueTask.FromResult<IReadOnlyList<JsonObject>>(
            [.. Reminders.GetValueOrDefault(caller.Person, []).Where(seq => seq > since && seq <= until).Select(seq => new JsonObject { ["@type"] = "NoteReminder", ["number"] = seq.ToString() })]));
        table.AddQuotaType(Note);
        table.AddQuotaType(Diary);
        table.AddBlobLookup(Note, (_, blobs) => ValueTask.FromResult<IReadOnlyDictionary<BlobId, IReadOnlyList<string>>>(
            blobs.Where(blob => References.ContainsKey(blob.ToString())).ToDictionary(blob => blob, blob => References[blob.ToString()])));
        table.Add("Diary/get", OwnCapability, _ => ValueTask.FromResult(new JsonObject()));
        table.Add("Note/fail", Capability, _ => throw new InvalidOperationException("the secret of the database"));
        table.Add("Note/get", Capability, call =>
        {
            var request = GetRequest.Parse(call, new HashSet<string> { "id", "text" });
            return ValueTask.FromResult(GetAnswer.Make(call, "1", (request.Ids ?? []).Select(id => new JsonObject { ["id"] = id }), []));
        });
        table.Add("Note/hold", Capability, async call =>
        {
            var gate = At(call.Arguments.Text("gate"));
            await gate.Pass(call.Cancellation);
            return new JsonObject { ["gate"] = call.Arguments.Text("gate"), ["filler"] = new string('x', (int)(call.Arguments.UnsignedOrNull("filler") ?? 0)) };
        });
        table.Add("Note/twice", Capability, async call =>
        {
            await call.Invoke("Core/echo", new JsonObject { ["second"] = true });
            return new JsonObject { ["first"] = true };
        });
        table.Add("Note/set", Capability, call =>
        {
            var request = SetRequest.Parse(call);
            var answer = new SetAnswer(call, request);
            foreach (var (creationId, _) in request.Create) answer.Created(creationId, "n1", []);
            foreach (var id in request.Update.Keys) answer.Updated(id);
            foreach (var id in request.Destroy) answer.Destroyed(id);
            return ValueTask.FromResult(answer.ToJson("1", "2"));
        });
    }

    /// <summary>Holds calls up until it is opened.</summary>
    public sealed class Gate
    {
        readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int _waiting;
        int _cancelled;

        /// <summary>How many calls came so far.</summary>
        public int Came => Volatile.Read(ref _waiting);

        /// <summary>How many of them were cancelled while they waited.</summary>
        public int Cancelled => Volatile.Read(ref _cancelled);

        public void Open() => _open.TrySetResult();

        internal async Task Pass(CancellationToken cancellation)
        {
            Interlocked.Increment(ref _waiting);
            try
            {
                await _open.Task.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref _cancelled);
                throw;
            }
        }
    }
}
