using System.Text.Json.Nodes;
using Bastide.Platform.Changes;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Tests;

/// <summary>Short ways to say what a test needs of the operations.</summary>
static class ContactWays
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    extension(ContactsWorkplace workplace)
    {
        /// <summary>The address book somebody began with.</summary>
        public async Task<long> First(ContactsPerson person) => (await workplace.Books.Get(person.Caller, person.Account, null, Cancellation)).Found.Single(book => book.IsDefault).Id;

        /// <summary>A new address book of somebody.</summary>
        public async Task<long> NewBook(ContactsPerson person, string name)
        {
            var outcome = await workplace.Set(person, new AddressBookSet { Create = new Dictionary<string, AddressBookCreate> { ["new"] = new() { Name = name } } });
            outcome.NotCreated.ShouldBeEmpty();
            return outcome.Created["new"].Id;
        }

        /// <summary>Changes address books; who does it is the owner, unless somebody else is named.</summary>
        public Task<SetOutcome<AddressBook, ContactError>> Set(ContactsPerson owner, AddressBookSet set, ContactsPerson? by = null) =>
            workplace.Books.Set((by ?? owner).Caller, owner.Account, set, Cancellation);

        /// <summary>Changes cards.</summary>
        public Task<SetOutcome<ContactCard, ContactError>> Set(ContactsPerson owner, CardSet set, ContactsPerson? by = null) =>
            workplace.Cards.Set((by ?? owner).Caller, owner.Account, set, Cancellation);

        /// <summary>Makes a card of JSContact that is not refused.</summary>
        public async Task<ContactCard> Make(ContactsPerson owner, string card, params long[] books)
        {
            var outcome = await workplace.Set(owner, new CardSet { Create = new Dictionary<string, CardCreate> { ["new"] = new(JsonNode.Parse(card)!.AsObject(), books) } });
            outcome.NotCreated.ShouldBeEmpty();
            return outcome.Created["new"];
        }

        /// <summary>Patches a card.</summary>
        public Task<SetOutcome<ContactCard, ContactError>> Patch(ContactsPerson owner, long id, string patch, ContactsPerson? by = null) =>
            workplace.Set(owner, new CardSet { Update = new Dictionary<long, CardUpdate> { [id] = new() { Patch = JsonNode.Parse(patch)!.AsObject() } } }, by);

        /// <summary>A card as somebody sees it, or null.</summary>
        public async Task<ContactCard?> Card(ContactsPerson owner, long id, ContactsPerson? by = null) =>
            (await workplace.Cards.Get((by ?? owner).Caller, owner.Account, [id], 10, Cancellation)).Found.SingleOrDefault();

        /// <summary>Puts a vCard under a name.</summary>
        public Task<CardPut> Put(ContactsPerson owner, long book, string resource, byte[] octets, Func<string?, bool>? condition = null, ContactsPerson? by = null) =>
            workplace.Documents.Put((by ?? owner).Caller, owner.Account, book, resource, octets, condition, Cancellation);

        /// <summary>Puts a vCard that is not refused.</summary>
        public async Task<string> Keep(ContactsPerson owner, long book, string resource, byte[] octets)
        {
            var put = await workplace.Put(owner, book, resource, octets);
            put.Refused.ShouldBeNull();
            put.ConflictsWith.ShouldBeNull();
            return put.ETag.ShouldNotBeNull();
        }

        /// <summary>The vCard of a name, or null.</summary>
        public async Task<byte[]?> VCard(ContactsPerson owner, long book, string resource, ContactsPerson? by = null) =>
            (await workplace.Documents.Read((by ?? owner).Caller, owner.Account, book, [resource], withCards: true, Cancellation)).Select(document => document.VCard!.Value.ToArray()).SingleOrDefault();

        /// <summary>What changed in an address book, by name.</summary>
        public async Task<(IReadOnlyList<AddressBookChange> Changes, Sequence Next, bool HasMore)> Changed(ContactsPerson owner, long book, Sequence? since, int limit = 100, ContactsPerson? by = null) =>
            (await workplace.Documents.Changes((by ?? owner).Caller, owner.Account, book, since, limit, Cancellation)).ShouldNotBeNull();
    }
}
