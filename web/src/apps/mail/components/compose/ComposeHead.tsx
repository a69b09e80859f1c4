import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAddress } from "../../state/addresses";
import { edit } from "../../state/compose/drafts";
import { swapSignatureHtml, swapSignatureText } from "../../state/compose/signature";
import { changeWindow, composeWindow } from "../../state/compose/windows";
import type { Composition } from "../../state/composition";
import { useIdentities } from "../../state/useIdentities";
import classes from "./ComposeWindow.module.css";
import { RecipientField } from "./RecipientField";

interface ComposeHeadProps {
  composition: Composition;
  /** It was to be sent and has nobody to go to. */
  missing: boolean;
  onTouched(): void;
}

/** From whom, to whom, about what. */
export function ComposeHead({ composition, missing, onTouched }: ComposeHeadProps) {
  const { t } = useTranslation("mail");
  const { key, accountId } = composition;
  const identities = useIdentities(accountId);
  const [showCc, setShowCc] = useState(composition.cc.length > 0);
  const [showBcc, setShowBcc] = useState(composition.bcc.length > 0);
  const isNew = composition.to.length === 0;

  const changeIdentity = (id: string | null) => {
    const before = identities.find((identity) => identity.id === composition.identityId);
    const after = identities.find((identity) => identity.id === id);
    if (!after) return;
    edit(key, {
      identityId: after.id,
      html: swapSignatureHtml(composition.html, before, after),
      text: swapSignatureText(composition.text, before, after),
    });
    changeWindow(key, { revision: (composeWindow(key)?.revision ?? 0) + 1 });
  };

  return (
    <div className={classes.head}>
      {identities.length > 1 && (
        <div className={classes.line}>
          <span className={classes.label} id={`${key}-from`}>
            {t("headers.from")}
          </span>
          <Select
            className={classes.field}
            classNames={{ input: classes.bare ?? "" }}
            aria-labelledby={`${key}-from`}
            allowDeselect={false}
            data={identities.map((identity) => ({
              value: identity.id,
              label: formatAddress({ name: identity.name, email: identity.email }),
            }))}
            value={composition.identityId}
            onChange={changeIdentity}
          />
        </div>
      )}
      <div className={classes.line} data-missing={missing || undefined}>
        <RecipientField
          label={t("headers.to")}
          accountId={accountId}
          addresses={composition.to}
          autoFocus={isNew}
          onChange={(to) => {
            onTouched();
            edit(key, { to });
          }}
        />
        <span className={classes.more}>
          {!showCc && (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setShowCc(true)}>
              {t("headers.cc")}
            </Button>
          )}
          {!showBcc && (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setShowBcc(true)}>
              {t("headers.bcc")}
            </Button>
          )}
        </span>
      </div>
      {missing && (
        <p className={classes.missing} role="alert">
          {t("compose.noRecipients")}
        </p>
      )}
      {showCc && (
        <div className={classes.line}>
          <RecipientField
            label={t("headers.cc")}
            accountId={accountId}
            addresses={composition.cc}
            autoFocus={composition.cc.length === 0}
            onChange={(cc) => edit(key, { cc })}
          />
        </div>
      )}
      {showBcc && (
        <div className={classes.line}>
          <RecipientField
            label={t("headers.bcc")}
            accountId={accountId}
            addresses={composition.bcc}
            autoFocus={composition.bcc.length === 0}
            onChange={(bcc) => edit(key, { bcc })}
          />
        </div>
      )}
      <div className={classes.line}>
        <TextInput
          className={classes.field}
          classNames={{ input: classes.bare ?? "" }}
          variant="unstyled"
          aria-label={t("headers.subject")}
          placeholder={t("headers.subject")}
          value={composition.subject}
          dir="auto"
          onChange={(event) => edit(key, { subject: event.currentTarget.value.replace(/[\r\n]+/g, " ") })}
        />
      </div>
    </div>
  );
}
