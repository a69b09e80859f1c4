// What a person does with calendars and address books in Thunderbird, as functions of its main window: evaluated there
// once, then called by the tests. A calendar and a book go by their paths, an item and a card by their UID.
Object.assign(window.bastide, (() => {
  const { until } = window.bastide;
  const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
  const { CardDAVDirectory } = ChromeUtils.importESModule("resource:///modules/CardDAVDirectory.sys.mjs");
  const { DNS } = ChromeUtils.importESModule("resource:///modules/DNS.sys.mjs");
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
  const { RemoteAddressBookUtils } = ChromeUtils.importESModule("resource:///modules/accountcreation/RemoteAddressBookUtils.sys.mjs");
  const { VCardUtils } = ChromeUtils.importESModule("resource:///modules/VCardUtils.sys.mjs");

  // What it asks of the web, and what it says of that on its console.
  const exchanges = [];
  const warnings = [];
  Services.obs.addObserver(subject => {
    const channel = subject.QueryInterface(Ci.nsIHttpChannel);
    exchanges.push({ method: channel.requestMethod, path: channel.URI.pathQueryRef, status: channel.responseStatus });
  }, "http-on-examine-response");
  Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage).addLogEventListener(subject => {
    const { level, prefix, arguments: said } = subject.wrappedJSObject;
    if (["warn", "error"].includes(level) && /^(calendar|carddav|itip)/.test(prefix ?? "")) warnings.push(`${prefix}: ${said.join(" ")}`);
  }, Cc["@mozilla.org/systemprincipal;1"].createInstance(Ci.nsIPrincipal));

  let found = [];

  const zone = name => (name ? cal.timezoneService.getTimezone(name) : cal.dtz.floating);
  function moment(text, zoneName) {
    const at = cal.createDateTime(text);
    if (!text.endsWith("Z")) at.timezone = zone(zoneName);
    return at;
  }

  const calendarOf = path => until(`there is the calendar ${path}`, () => cal.manager.getCalendars().find(each => each.type == "caldav" && each.uri.pathQueryRef == path));
  const itemOf = async (calendar, uid) => until(`${uid} is in ${calendar.name}`, () => calendar.getItem(uid));
  const occurrence = (item, recurrenceId) =>
    recurrenceId ? item.recurrenceInfo.getOccurrenceFor(moment(recurrenceId, item.startDate.timezone.tzid)) : item;

  const told = item => ({
    uid: item.id,
    title: item.title,
    start: (item.startDate ?? item.entryDate)?.icalString ?? null,
    end: (item.endDate ?? item.dueDate)?.icalString ?? null,
    zone: (item.startDate ?? item.entryDate)?.timezone.tzid ?? null,
    isCompleted: item.isCompleted ?? false,
    attendees: Object.fromEntries(item.getAttendees().map(attendee => [attendee.id, attendee.participationStatus])),
  });

  /** Asks the server for what is new, as the button does, and waits until it has come. */
  async function refreshed(calendar) {
    const cached = calendar.wrappedJSObject;
    await cached.mPendingSync;
    calendar.refresh();
    await until(`${calendar.name} is refreshed`, () => !cached.mPendingSync);
  }

  const shown = async (calendar, from, to) =>
    (await calendar.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_ALL_ITEMS | Ci.calICalendar.ITEM_FILTER_CLASS_OCCURRENCES, 0, moment(from), moment(to))).map(told);

  const isBook = (directory, path) =>
    directory.dirType == Ci.nsIAbManager.CARDDAV_DIRECTORY_TYPE && new URL(directory.getStringValue("carddav.url", "")).pathname == path;
  const bookOf = async path => {
    const directory = await until(`there is the book ${path}`, () => MailServices.ab.directories.find(each => isBook(each, path)));
    return CardDAVDirectory.forFile(directory.fileName);
  };
  const cardOf = async (book, uid) => until(`${uid} is in ${book.dirName}`, () => book.getCard(uid));

  return {
    /** Puts a name server in the place of the machine's that knows these hosts and ports for services, and nothing else. */
    async answerDns(services) {
      DNS.lookup = async (name, type) => (type == DNS.SRV && services[name] ? [{ prio: 0, weight: 1, host: services[name].host, port: services[name].port }] : []);
    },

    /** What setting up the account offers of calendars: it has the address, the password and nothing else. */
    async findCalendars(address, password) {
      const providers = await cal.provider.detection.detect(address, password, `https://${address.split("@")[1]}`, true, [], {});
      found = [...providers.values()].flat();
      return found.map(calendar => calendar.uri.pathQueryRef);
    },

    /** What it offers of address books for the mail accounts it has. */
    async findAddressBooks() {
      const accounts = await RemoteAddressBookUtils.getAddressBooksForExistingAccounts();
      const books = accounts.flatMap(each => each.addressBooks);
      for (const book of books) await book.create();
      const paths = books.map(({ url }) => new URL(url).pathname);
      for (const path of paths) await until(`${path} is read`, async () => (await bookOf(path))._syncToken && !(await bookOf(path))._syncInProgress);
      return paths;
    },

    /** Subscribes to the calendars found, kept for when there is no net, as it proposes. */
    async subscribe() {
      for (const calendar of found) {
        calendar.setProperty("cache.enabled", true);
        cal.manager.registerCalendar(calendar);
      }
      for (const { uri } of found) {
        const calendar = await calendarOf(uri.pathQueryRef);
        await until(`${calendar.name} is read`, () => calendar.wrappedJSObject.mUncachedCalendar.wrappedJSObject.mFirstRefreshDone && !calendar.wrappedJSObject.mPendingSync);
      }
      warnings.length = 0;
      exchanges.length = 0;
    },

    /** What it knows of a calendar that it subscribed to. */
    async calendar(path) {
      const calendar = await calendarOf(path);
      const inner = calendar.wrappedJSObject.mUncachedCalendar.wrappedJSObject;
      return {
        name: calendar.name,
        path,
        color: calendar.getProperty("color"),
        items: (await calendar.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_ALL_ITEMS, 0, null, null)).length,
        readOnly: calendar.readOnly,
        isDisabled: Boolean(calendar.getProperty("disabled")),
        types: [...inner.supportedItemTypes],
        usesSyncToken: inner.mHasWebdavSyncSupport,
        schedulesItself: inner.hasAutoScheduling,
        addresses: [...inner.calendarUserAddresses],
      };
    },

    /** What it knows of a book that it subscribed to. */
    async book(path) {
      const book = await bookOf(path);
      return { name: book.dirName, path, items: book.childCardCount, readOnly: book.readOnly };
    },

    /** Refreshes until a view shows exactly these instances of some items, each "start title". */
    async comes(path, from, to, uids, instances) {
      const calendar = await calendarOf(path);
      const wanted = JSON.stringify(instances.sort());
      let last;
      try {
        await until(`${path} shows ${wanted}`, async () => {
          await refreshed(calendar);
          last = JSON.stringify((await shown(calendar, from, to)).filter(item => uids.includes(item.uid)).map(item => `${item.start} ${item.title}`).sort());
          return last == wanted;
        });
      } catch (error) {
        throw new Error(`${error.message}; it shows ${last}`);
      }
    },

    /** Refreshes until an attendee of an item has answered so. */
    async answers(path, uid, attendee, status) {
      const calendar = await calendarOf(path);
      await until(`${attendee} is ${status}`, async () => {
        await refreshed(calendar);
        return (await calendar.getItem(uid))?.getAttendeeById(attendee)?.participationStatus == status;
      });
    },

    /** Adds what an iCalendar object holds. */
    async add(path, text) {
      const calendar = await calendarOf(path);
      const parser = Cc["@mozilla.org/calendar/ics-parser;1"].createInstance(Ci.calIIcsParser);
      parser.parseString(text.replace(/\r?\n/g, "\r\n"));
      for (const item of parser.getItems()) await window.doTransaction("add", item, calendar, null, null);
    },

    /** Changes an item, or one instance of it, as its dialogue does. */
    async change(path, uid, recurrenceId, { title, start, end, isCompleted, location }) {
      const calendar = await calendarOf(path);
      const old = occurrence(await itemOf(calendar, uid), recurrenceId);
      const item = old.clone();
      if (title !== undefined) item.title = title;
      if (location !== undefined) item.setProperty("LOCATION", location);
      if (start !== undefined) item.startDate = moment(start, start.includes("T") ? old.startDate.timezone.tzid : null);
      if (end !== undefined) item.endDate = moment(end, end.includes("T") ? old.endDate.timezone.tzid : null);
      if (isCompleted !== undefined) item.isCompleted = isCompleted;
      await window.doTransaction("modify", item, calendar, old, null);
    },

    /** Deletes an item, or one instance of it. */
    async remove(path, uid, recurrenceId) {
      const calendar = await calendarOf(path);
      const item = await itemOf(calendar, uid);
      if (!recurrenceId) return void (await window.doTransaction("delete", item, calendar, null, null));
      const rest = item.clone();
      rest.recurrenceInfo.removeOccurrenceAt(moment(recurrenceId, item.startDate.timezone.tzid));
      await window.doTransaction("modify", rest, calendar, item, null);
    },

    /** When somebody is busy, as the dialogue that invites shows it. */
    async busy(address, from, to) {
      return new Promise((resolve, reject) => {
        cal.freeBusyService.getFreeBusyIntervals(`mailto:${address}`, moment(from), moment(to), Ci.calIFreeBusyInterval.BUSY_ALL, {
          QueryInterface: ChromeUtils.generateQI(["calIGenericOperationListener"]),
          onResult(operation, intervals) {
            if (operation?.isPending) return;
            if (operation && !Components.isSuccessCode(operation.status)) reject(new Error(`0x${(operation.status >>> 0).toString(16)}`));
            else resolve((intervals ?? []).map(({ interval }) => `${interval.start.icalString}/${interval.end.icalString}`));
          },
        });
      });
    },

    /** The names of the cards of a book. */
    async cards(path) {
      return [...(await bookOf(path)).childCards].map(card => card.displayName).sort();
    },

    /** Adds a card and waits until the server has it. */
    async addCard(path, text) {
      const book = await bookOf(path);
      const { UID } = book.addCard(VCardUtils.vCardToAbCard(text.replace(/\r?\n/g, "\r\n")), false);
      await until(`${UID} is sent`, () => book.getCard(UID)?.getProperty("_etag", ""));
      return UID;
    },

    /** Changes the value of a property of a card and waits until the server has it. */
    async changeCard(path, uid, property, value) {
      const book = await bookOf(path);
      const card = await cardOf(book, uid);
      const before = card.getProperty("_etag", "");
      const properties = card.vCardProperties;
      const entry = properties.getFirstEntry(property);
      if (entry) entry.value = value;
      else properties.addValue(property, value);
      card.setProperty("_vCard", properties.toVCard());
      book.modifyCard(card);
      await until(`${uid} is sent`, () => ![before, ""].includes(book.getCard(uid).getProperty("_etag", "")));
    },

    async removeCard(path, uid) {
      const book = await bookOf(path);
      book.deleteCards([await cardOf(book, uid)]);
    },

    /** Refreshes until there is a card of a name, or none. */
    async cardComes(path, displayName, isThere = true) {
      const book = await bookOf(path);
      await until(`${displayName} is ${isThere ? "" : "not "}there`, async () => {
        await book.syncWithServer();
        return [...book.childCards].some(card => card.displayName == displayName) == isThere;
      });
    },

    /** What it complained of to itself, and what the server refused, apart from asking who it is; forgets it. */
    async refusals() {
      const refused = exchanges.splice(0).filter(each => each.status >= 400 && each.status != 401);
      return [...warnings.splice(0), ...refused.map(({ method, path, status }) => `${method} ${path} ${status}`)];
    },
  };
})());
