using Bastide.Mail.Store;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Imap;

public sealed class MailboxViewTests
{
    [Fact]
    public void A_view_that_is_carried_on_is_the_mailbox_read_anew()
    {
        var random = new Random(3);
        var mailbox = new SortedDictionary<uint, Place>();
        var view = new MailboxView(0, []);
        var next = 1u;
        for (var modSeq = 1L; modSeq < 400; modSeq++)
        {
            var changed = new List<Place>();
            for (var count = random.Next(4); count > 0; count--) changed.Add(Place(next += (uint)random.Next(1, 4), modSeq, MessageFlags.None));
            foreach (var uid in mailbox.Keys.Where(_ => random.Next(10) == 0)) changed.Add(Place(uid, modSeq, (MessageFlags)random.Next(256)));
            List<uint> gone = [.. mailbox.Keys.Where(uid => random.Next(15) == 0 && !changed.Exists(place => place.Uid == uid))];
            foreach (var place in changed) mailbox[place.Uid] = place;
            foreach (var uid in gone) mailbox.Remove(uid);
            view = view.With(modSeq, gone, [.. changed.OrderBy(_ => random.Next())]);

            view.ModSeq.ShouldBe(modSeq);
            view.Uids().ShouldBe(mailbox.Keys);
            uint[] asked = [.. Enumerable.Range(0, random.Next(20)).Select(_ => (uint)random.Next(1, (int)next + 5)).Distinct().Order()];
            view.Find(asked).ShouldBe(asked.Where(mailbox.ContainsKey).Select(uid => mailbox[uid]));
            view.FirstUnseen().ShouldBe(mailbox.Values.Where(place => !place.Flags.HasFlag(MessageFlags.Seen)).Select(place => (uint?)place.Uid).FirstOrDefault());
        }
    }

    static Place Place(uint uid, long modSeq, MessageFlags flags) => new(uid, uid, flags, modSeq, 0, 0, uid, 100);
}
