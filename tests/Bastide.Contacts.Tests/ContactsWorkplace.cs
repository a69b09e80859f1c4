using Bastide.Abstractions.Mail;
using Bastide.Platform.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Contacts.Tests;

/// <summary>A workplace with contacts. The organisation's address book follows when the test says so.</summary>
public sealed class ContactsWorkplace : ModuleWorkplace<ContactsPerson>
{
    ContactsWorkplace(DatabaseFixture fixture, WebApplication app)
        : base(fixture, app, (http, account, address) => new ContactsPerson(http, account, address))
    {
    }

    public AddressBooks Books => Get<AddressBooks>();

    public ContactCards Cards => Get<ContactCards>();

    public CardDocuments Documents => Get<CardDocuments>();

    public static async Task<ContactsWorkplace> Start(DatabaseFixture fixture) => new(fixture, await Open(fixture, new ContactsModule()));

    /// <summary>Gives somebody rights on an account, or on one address book of it.</summary>
    public Task Give(ContactsPerson owner, ContactsPerson grantee, Rights rights, long? book = null) =>
        Give(owner, grantee, rights, book is { } id ? new CollectionRef(ContactTypes.AddressBook, id) : null);

    /// <summary>Somebody writes a letter.</summary>
    public Task Write(ContactsPerson from, params SentTo[] to) =>
        Fixture.Database.Write(scope => Get<ISentMailListener>().Sent(scope, from.Account, to, Time.GetUtcNow()), CancellationToken.None);

    /// <summary>Brings the organisation's address book up to date.</summary>
    public Task FollowDirectory() => ActivatorUtilities.CreateInstance<DirectoryWatch>(Services).All(CancellationToken.None);
}
