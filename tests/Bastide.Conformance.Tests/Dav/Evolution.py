"""What a person does with calendars and address books in Evolution, by the libraries and back ends that it is made of.

Connects to the port it is given and reads commands there, one a line: [name, arguments…] in JSON. Answers each with a
line: {"value": …} or {"error": …}. A source goes by the path of its collection, an item and a card by their UID.
"""
import json
import socket
import subprocess
import sys
import time
import traceback
from urllib.parse import unquote

import gi

for library, version in (("Atspi", "2.0"), ("EDataServer", "1.2"), ("ECal", "2.0"), ("EBook", "1.2"), ("EBookContacts", "1.2"), ("ICalGLib", "3.0")):
    gi.require_version(library, version)
from gi.repository import Atspi, EBook, EBookContacts, ECal, EDataServer, Gio, GLib, GObject, ICalGLib  # noqa: E402

LONGEST = 90
NOT_WAITING = 0xFFFFFFFF
YEAR = (1798761600, 1830297600)  # 2027
KINDS = {"calendar": "Calendar", "tasks": "Task List", "memos": "Memo List", "book": "Address Book"}
registry = EDataServer.SourceRegistry.new_sync(None)
clients = {}
events = []
windows = []


def until(what, condition, refresh=None):
    """Waits for what must come true, while what the daemons tell is heard; asks the server again each second."""
    began = time.monotonic()
    refreshed = None
    while True:
        if refresh and (refreshed is None or time.monotonic() - refreshed > 1):
            refresh(None)
            refreshed = time.monotonic()
        value = condition()
        if value:
            return value
        if time.monotonic() - began > LONGEST:
            raise TimeoutError(f"waited in vain until {what}; {events[-20:]}")
        while GLib.MainContext.default().iteration(False):
            pass
        time.sleep(0.02)


def webdav(source):
    return source.get_extension(EDataServer.SOURCE_EXTENSION_WEBDAV_BACKEND)


def trusting(source, host, certificate):
    """What accepting the certificate for good does."""
    webdav(source).update_ssl_trust(host, Gio.TlsCertificate.new_from_pem(certificate, -1), EDataServer.TrustPromptResponse.ACCEPT)


def find(url, address, password, host, certificate):
    """What the buttons that find calendars and address books find, with an address and a password."""
    source = EDataServer.Source.new_with_uid("found", None)
    source.get_extension(EDataServer.SOURCE_EXTENSION_AUTHENTICATION).set_user(address)
    webdav(source).set_uri(GLib.Uri.parse(url, GLib.UriFlags.NONE))
    trusting(source, host, certificate)
    credentials = EDataServer.NamedParameters.new()
    credentials.set("username", address)
    credentials.set("password", password)
    _, _, _, found, addresses = EDataServer.webdav_discover_sources_sync(source, url, 0, credentials, None)
    return {
        "addresses": addresses,
        "collections": [
            {"path": unquote(GLib.Uri.parse(one.href, GLib.UriFlags.ENCODED).get_path()), "name": one.display_name, "supports": EDataServer.WebDAVDiscoverSupports(one.supports).value_nicks}
            for one in found
        ],
    }


def account(url, address, password, host, certificate):
    """Makes the account that holds calendars and address books; the registry of sources looks for them by itself."""
    source = EDataServer.Source.new_with_uid("account", None)
    source.set_display_name(address)
    collection = source.get_extension(EDataServer.SOURCE_EXTENSION_COLLECTION)
    collection.set_backend_name("webdav")
    collection.set_identity(address)
    collection.set_calendar_url(url)
    collection.set_contacts_url(url)
    collection.set_mail_enabled(False)
    authentication = source.get_extension(EDataServer.SOURCE_EXTENSION_AUTHENTICATION)
    authentication.set_host(host)
    authentication.set_user(address)
    authentication.set_method("plain/password")
    trusting(source, host, certificate)
    assert source.store_password_sync(password, True, None)
    registry.connect("source-added", lambda _, added: events.append(f"{added.get_display_name()} is there"))
    registry.create_sources_sync([source], None)


def children():
    return [source for source in registry.list_sources(None) if source.get_parent() == "account"]


def path_of(source):
    return unquote(webdav(source).dup_uri().get_path())


def kind_of(source):
    return next(kind for kind, extension in KINDS.items() if source.has_extension(extension))


def sources(*wanted):
    """Waits until the account has these sources, each "kind path", and answers all it has."""

    def there():
        return sorted(f"{kind_of(source)} {path_of(source)}" for source in children())

    until(f"there are {wanted}", lambda: set(wanted) <= set(there()))
    return there()


def source_of(kind, path):
    return until(f"there is {path}", lambda: next((source for source in children() if kind_of(source) == kind and path_of(source) == path), None))


def client_of(kind, path):
    if (kind, path) not in clients:
        source = source_of(kind, path)
        if kind == "book":
            client = EBook.BookClient.connect_sync(source, NOT_WAITING, None)
        else:
            client = ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS if kind == "calendar" else ECal.ClientSourceType.TASKS, NOT_WAITING, None)
        GObject.Object.connect(client, "backend-error", lambda _, message: events.append(message))
        until(f"{path} is connected", lambda: client.is_online() and source.get_connection_status() == EDataServer.SourceConnectionStatus.CONNECTED)
        clients[kind, path] = client
    return clients[kind, path]


def listed(kind, path):
    client = client_of(kind, path)
    if kind == "book":
        return client.get_contacts_sync(EBookContacts.BookQuery.any_field_contains("").to_string(), None)[1]
    return client.get_object_list_sync("#t", None)[1]


def opened(kind, path, count, is_writable):
    """Opens a collection and reads it, until so many items or cards are there; what it says that it can do."""
    client = client_of(kind, path)
    last = None

    def is_read():
        nonlocal last
        last = len(listed(kind, path)), not client.is_readonly()
        return last == (count, is_writable)

    try:
        until(f"{path} is read", is_read, client.refresh_sync)
    except TimeoutError as error:
        raise TimeoutError(f"{error}; it holds and may be written: {last}") from error
    return client.get_backend_property_sync(EDataServer.CLIENT_BACKEND_PROPERTY_CAPABILITIES, None)[1].split(",")


def component_of(text):
    return ICalGLib.Component.new_from_string(text.replace("\n", "\r\n"))


def add(kind, path, text):
    return client_of(kind, path).create_object_sync(component_of(text), ECal.OperationFlags.NONE, None)[1]


def change(kind, path, uid, recurrence_id, changes, what="this"):
    """Changes properties of an item, of one instance of it ("this"), or of that and those after ("future"), as the editor does."""
    client = client_of(kind, path)
    if recurrence_id:
        component = instance(client, uid, recurrence_id)
        if what == "this":
            for rule in (ICalGLib.PropertyKind.RRULE_PROPERTY, ICalGLib.PropertyKind.EXDATE_PROPERTY):
                ECal.util_component_remove_property_by_kind(component, rule, True)
    else:
        _, component = client.get_object_sync(uid, None, None)
    for name, value in changes.items():
        ECal.util_component_remove_property_by_kind(component, ICalGLib.Property.kind_from_string(name), True)
        component.add_property(ICalGLib.Property.new_from_string(f"{name}{value}" if value[0] == ";" else f"{name}:{value}"))
    client.modify_object_sync(component, modification(what if recurrence_id else "all"), ECal.OperationFlags.NONE, None)


def modification(what):
    return {"this": ECal.ObjModType.THIS, "future": ECal.ObjModType.THIS_AND_FUTURE, "all": ECal.ObjModType.ALL}[what]


def remove(kind, path, uid, recurrence_id=None):
    client_of(kind, path).remove_object_sync(uid, recurrence_id, modification("this" if recurrence_id else "all"), ECal.OperationFlags.NONE, None)


def instances(client, uid):
    found = []
    _, components = client.get_objects_for_uid_sync(uid, None)

    def met(component, began, ended, *_):
        found.append(f"{began.as_ical_string()} {component.get_summary()}")
        return True

    if components:
        client.generate_instances_for_object_sync(components[0].get_icalcomponent(), *YEAR, None, met)
    return sorted(found)


def instance(client, uid, recurrence_id):
    """An instance of a series, as a view gives it to the editor."""
    found = []

    def met(component, began, ended, *_):
        if began.as_ical_string() == recurrence_id:
            found.append(component.clone())
        return True

    _, components = client.get_objects_for_uid_sync(uid, None)
    client.generate_instances_for_object_sync(components[0].get_icalcomponent(), *YEAR, None, met)
    return found[0]


def shows(path, uid, *wanted):
    """Refreshes until an item shows exactly these instances in 2027, each "start title"."""
    client = client_of("calendar", path)
    last = None

    def are_there():
        nonlocal last
        try:
            last = instances(client, uid)
        except GLib.Error as error:
            last = [] if error.domain == "e-cal-client-error-quark" and error.code == ECal.ClientError.OBJECT_NOT_FOUND else [error.message]
        return last == sorted(wanted)

    try:
        until(f"{uid} shows {wanted}", are_there, client.refresh_sync)
    except TimeoutError as error:
        raise TimeoutError(f"{error}; it shows {last}") from error


def answers(path, uid, address, status):
    """Refreshes until somebody who was invited has answered so."""
    client = client_of("calendar", path)

    def has_answered():
        _, component = client.get_object_sync(uid, None, None)
        return any(line.endswith(address) and f"PARTSTAT={status}" in line for line in component.as_ical_string().replace("\r\n ", "").split("\r\n") if line.startswith("ATTENDEE"))

    until(f"{address} is {status}", has_answered, client.refresh_sync)


def busy(path, address, start, end):
    """When somebody is busy, as the editor asks who invites."""
    _, answers_ = client_of("calendar", path).get_free_busy_sync(start, end, [address], None)
    return [component.get_icalcomponent().as_ical_string() for component in answers_]


def add_card(path, text):
    return client_of("book", path).add_contact_sync(EBookContacts.Contact.new_from_vcard(text.replace("\n", "\r\n")), EBookContacts.BookOperationFlags.NONE, None)[1]


def change_card(path, uid, name, value):
    client = client_of("book", path)
    _, card = client.get_contact_sync(uid, None)
    card.set_property(name, value)
    client.modify_contact_sync(card, EBookContacts.BookOperationFlags.NONE, None)


def remove_card(path, uid):
    client_of("book", path).remove_contact_by_uid_sync(uid, EBookContacts.BookOperationFlags.NONE, None)


def card_comes(path, name, is_there=True):
    """Refreshes until there is a card of a name, or none."""
    client = client_of("book", path)
    query = EBookContacts.BookQuery.field_test(EBookContacts.ContactField.FULL_NAME, EBookContacts.BookQueryTest.IS, name).to_string()
    until(f"{name} is {'' if is_there else 'not '}there", lambda: bool(client.get_contacts_sync(query, None)[1]) == is_there, client.refresh_sync)


def show(*arguments):
    """Starts Evolution itself on the screen there is."""
    windows.append(subprocess.Popen(["evolution", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


def told_on_screen(node, role):
    """What accessible things of a role say, as somebody hears it who cannot see them."""
    found = []
    try:
        if node.get_role_name() == role:
            return [node.get_name()]
        for at in range(node.get_child_count()):
            child = node.get_child_at_index(at)
            if child is not None:
                found += told_on_screen(child, role)
    except GLib.Error:
        pass  # It went while it was looked at.
    return found


def sees(role, text):
    """Waits until something of a role on the screen says a text."""
    last = []

    def is_there():
        nonlocal last
        last = told_on_screen(Atspi.get_desktop(0), role)
        return any(text in each for each in last)

    try:
        until(f"the screen shows {text}", is_there)
    except TimeoutError as error:
        raise TimeoutError(f"{error}; it shows {last}") from error


def refresh(kind, path):
    client_of(kind, path).refresh_sync(None)


def complaints():
    """What back ends told of what went wrong; forgets it."""
    told = [event for event in events if not event.endswith(" is there")]
    events.clear()
    return told


COMMANDS = {each.__name__: each for each in (find, account, sources, opened, add, change, remove, shows, answers, busy, add_card, change_card, remove_card, card_comes, show, sees, refresh, complaints)}

connection = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
with connection.makefile("r", encoding="utf-8") as questions, connection.makefile("w", encoding="utf-8") as out:
    for line in questions:
        name, *arguments = json.loads(line)
        try:
            answer = {"value": COMMANDS[name](*arguments)}
        except Exception as error:  # It is told, and the next command comes.
            answer = {"error": f"{error}\n{traceback.format_exc()}"}
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
        out.flush()
for window in windows:
    window.kill()
    window.wait()
