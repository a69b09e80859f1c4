// What a person does with mail in Thunderbird, as functions of its main window: evaluated there once, then called by the tests.
// A folder goes by its path ("INBOX", "Projects/2026"), a message by its subject.
Object.assign(window.bastide, (() => {
  const { until } = window.bastide;
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
  const server = MailServices.accounts.accounts.map(a => a.incomingServer).find(s => s.type == "imap");
  const root = server.rootFolder;

  const ended = begin =>
    new Promise((resolve, reject) =>
      begin({
        OnStartRunningUrl() {},
        OnStopRunningUrl: (url, status) => (status == 0 ? resolve() : reject(new Error(`${url?.spec}: 0x${(status >>> 0).toString(16)}`))),
        QueryInterface: ChromeUtils.generateQI(["nsIUrlListener"]),
      })
    );

  const copied = begin =>
    new Promise((resolve, reject) =>
      begin({
        onStartCopy() {},
        onProgress() {},
        setMessageKey() {},
        getMessageId: () => null,
        onStopCopy: status => (status == 0 ? resolve() : reject(new Error(`0x${(status >>> 0).toString(16)}`))),
        QueryInterface: ChromeUtils.generateQI(["nsIMsgCopyServiceListener"]),
      })
    );

  const find = path => path.split("/").reduce((at, name) => (at?.containsChildNamed(name) ? at.getChildNamed(name) : null), root);
  const folder = path => until(`there is ${path}`, () => find(path));
  const pathOf = at => (at.parent == root ? at.name : `${pathOf(at.parent)}/${at.name}`);
  const headers = at => [...at.messages];
  const headerOf = (at, subject) => headers(at).find(header => header.mime2DecodedSubject == subject);
  const message = async (at, subject) => until(`"${subject}" is in ${at.name}`, () => headerOf(at, subject));

  return {
    async folders() {
      await ended(listener => MailServices.imap.discoverAllFolders(root, listener, window.msgWindow));
      return root.descendants.map(at => ({ path: pathOf(at), flags: at.flags }));
    },

    /** Opens a folder as a click on it does, and waits until it shows so many messages. */
    async open(path, count) {
      const at = await folder(path);
      const pane = document.getElementById("tabmail").currentAbout3Pane;
      pane.displayFolder(at);
      await until(`${path} shows ${count} messages`, () => pane.gFolder == at && pane.gDBView?.rowCount >= count);
    },

    /** Selects one message after the other in the folder that is open; what is shown of each. */
    async readAll() {
      const tabs = document.getElementById("tabmail");
      const pane = tabs.currentAbout3Pane;
      const shown = [];
      for (let row = 0; row < pane.gDBView.rowCount; row++) {
        const header = pane.gDBView.getMsgHdrAt(row);
        pane.threadTree.selectedIndex = row;
        const about = await until("there is a message pane", () => tabs.currentAboutMessage);
        await until(`"${header.mime2DecodedSubject}" is shown`, () => about.gMessage == header && about.msgLoaded);
        const text = about.getMessagePaneBrowser().contentDocument.body;
        shown.push({
          id: header.messageId,
          subject: about.document.getElementById("expandedsubjectBox").value.textContent,
          text: [...text.querySelectorAll(".moz-text-plain, .moz-text-flowed, .moz-text-html")].map(part => part.textContent).join("\n"),
          attachments: about.currentAttachments.map(attachment => attachment.name),
        });
      }
      return shown;
    },

    async messages(path) {
      return headers(await folder(path)).map(header => ({
        subject: header.mime2DecodedSubject,
        isRead: header.isRead,
        isFlagged: header.isFlagged,
        tags: header.getStringProperty("keywords"),
      }));
    },

    /** Waits until a folder holds exactly these messages, without asking the server. */
    async holds(path, ...subjects) {
      const at = await folder(path);
      const wanted = JSON.stringify(subjects.sort());
      await until(`${path} holds ${wanted}`, () => JSON.stringify(headers(at).map(header => header.mime2DecodedSubject).sort()) == wanted);
    },

    async comes(path, subject) {
      await message(await folder(path), subject);
    },

    /** Asks the server for what is new in a folder. */
    async update(path) {
      (await folder(path)).updateFolder(window.msgWindow);
    },

    /** Has the server search, all of the terms; the subjects found. */
    async search(path, terms) {
      const at = await folder(path);
      const session = Cc["@mozilla.org/messenger/searchSession;1"].createInstance(Ci.nsIMsgSearchSession);
      session.addScopeTerm(Ci.nsMsgSearchScope.onlineMail, at);
      for (const [attribute, text] of terms) {
        const term = session.createTerm();
        const value = term.value;
        term.attrib = value.attrib = Ci.nsMsgSearchAttrib[attribute];
        term.op = Ci.nsMsgSearchOp.Contains;
        term.booleanAnd = true;
        value.str = text;
        term.value = value;
        session.appendTerm(term);
      }
      const found = [];
      await new Promise((resolve, reject) => {
        const listener = {
          onNewSearch() {},
          onSearchHit: header => found.push(header.mime2DecodedSubject),
          onSearchDone: status => (status == 0 ? resolve() : reject(new Error(`the search ended with 0x${(status >>> 0).toString(16)}`))),
          QueryInterface: ChromeUtils.generateQI(["nsIMsgSearchNotify"]),
        };
        session.registerListener(listener, Ci.nsIMsgSearchSession.allNotifications);
        session.search(window.msgWindow);
      });
      return found.sort();
    },

    async mark(path, subject, { read, flagged, tag }) {
      const at = await folder(path);
      const those = [await message(at, subject)];
      if (read !== undefined) at.markMessagesRead(those, read);
      if (flagged !== undefined) at.markMessagesFlagged(those, flagged);
      if (tag !== undefined) at.addKeywordsToMessages(those, tag);
    },

    async transfer(from, to, subject, isMove) {
      const [source, target] = [await folder(from), await folder(to)];
      const header = await message(source, subject);
      await copied(listener => MailServices.copy.copyMessages(source, [header], target, isMove, listener, window.msgWindow, true));
      target.updateFolder(window.msgWindow);
      await message(target, subject);
    },

    async remove(path, subject, isForGood) {
      const at = await folder(path);
      at.deleteMessages([await message(at, subject)], window.msgWindow, isForGood, false, null, true);
      await until(`"${subject}" is gone`, () => !headerOf(at, subject));
    },

    async compact(path) {
      const at = await folder(path);
      await ended(listener => at.compact(listener, window.msgWindow));
    },

    /** Writes a message in a window of its own, which stays open. */
    async write(to, subject, body) {
      const fields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
      Object.assign(fields, { to, subject, body });
      const params = Cc["@mozilla.org/messengercompose/composeparams;1"].createInstance(Ci.nsIMsgComposeParams);
      Object.assign(params, {
        composeFields: fields,
        type: Ci.nsIMsgCompType.New,
        format: Ci.nsIMsgCompFormat.PlainText,
        identity: MailServices.accounts.allIdentities[0],
      });
      MailServices.compose.OpenComposeWindowWithParams(null, params);
      const pen = await until("there is a window to write in", () => Services.wm.getMostRecentWindow("msgcompose"));
      await until("it holds the text", () => pen.composeEditorReady && pen.gMsgCompose.editor.outputToString("text/plain", 0).includes(body));
    },

    async saveDraft(subject) {
      Services.wm.getMostRecentWindow("msgcompose").goDoCommand("cmd_saveAsDraft");
      await message(root.getFolderWithFlags(Ci.nsMsgFolderFlags.Drafts), subject);
    },

    async send() {
      const pen = Services.wm.getMostRecentWindow("msgcompose");
      pen.goDoCommand("cmd_sendNow");
      await until("the message is sent", () => pen.closed);
    },

    async createFolder(path) {
      const [name, ...above] = path.split("/").reverse();
      (above.length == 0 ? root : await folder(above.reverse().join("/"))).createSubfolder(name, window.msgWindow);
      await folder(path);
    },

    /** Waits until Thunderbird knows a folder. */
    async has(path) {
      await folder(path);
    },

    async renameFolder(path, name) {
      const at = await folder(path);
      at.rename(name, window.msgWindow);
      await until(`${path} is gone`, () => !find(path));
    },

    async moveFolder(path, into) {
      const [at, target] = [await folder(path), await folder(into)];
      await copied(listener => MailServices.copy.copyFolder(at, target, true, listener, window.msgWindow));
    },

    /** Asks to delete a folder; Thunderbird asks back. */
    async deleteFolder(path) {
      const at = await folder(path);
      window.setTimeout(() => at.deleteSelf(window.msgWindow));
    },

    async emptyTrash() {
      const trash = root.getFolderWithFlags(Ci.nsMsgFolderFlags.Trash);
      await ended(listener => trash.emptyTrash(listener));
      await until("the trash is empty", () => !trash.hasSubFolders && headers(trash).length == 0);
    },
  };
})());
