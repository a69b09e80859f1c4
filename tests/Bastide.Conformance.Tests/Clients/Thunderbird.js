// What every test of Thunderbird needs of its main window. Each protocol adds to window.bastide what a person does with it.
window.bastide = (() => {
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
  const longest = 90000;
  const alerts = [];
  MailServices.mailSession.addUserFeedbackListener({
    onAlert(text) {
      alerts.push(text);
      return true;
    },
    QueryInterface: ChromeUtils.generateQI(["nsIMsgUserFeedbackListener"]),
  });

  return {
    async until(what, condition) {
      for (const began = Date.now(); ; ) {
        const value = await condition();
        if (value) return value;
        if (Date.now() - began > longest) throw new Error(`waited in vain until ${what}`);
        await new Promise(again => window.setTimeout(again, 20));
      }
    },

    /** The exception that a person makes for a certificate nobody vouches for. */
    async trust(host, port, certificate) {
      const database = Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB);
      const overrides = Cc["@mozilla.org/security/certoverride;1"].getService(Ci.nsICertOverrideService);
      overrides.rememberValidityOverride(host, port, {}, database.constructX509FromBase64(certificate), false);
    },

    /** The password of the mail account. */
    async rememberPassword(user, password) {
      for (const origin of ["imap://localhost", "smtp://localhost"]) {
        const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
        login.init(origin, null, origin, user, password, "", "");
        await Services.logins.addLoginAsync(login);
      }
    },

    /** What Thunderbird told of what went wrong, and windows it opened that nobody asked for; forgets it. */
    async complaints() {
      const windows = [...Services.wm.getEnumerator(null)].map(each => each.location.href).filter(href => href != window.location.href);
      return [...alerts.splice(0), ...windows];
    },
  };
})();
