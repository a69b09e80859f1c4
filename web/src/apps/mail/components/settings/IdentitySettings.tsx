import { ActionIcon, Button } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconEdit, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Identity } from "../../../../lib/jmap/types";
import { persistently } from "../../../../lib/persistently";
import { Avatar, failed } from "../../../../ui";
import { destroyIdentity } from "../../api/identitySet";
import { signatureText } from "../../state/compose/signature";
import { explain } from "../../state/explain";
import { mailKeys } from "../../state/keys";
import { useIdentities } from "../../state/useIdentities";
import classes from "./Settings.module.css";

const IdentityDialog = lazy(() => persistently(() => import("./IdentityDialog")));

/** The names and addresses a person writes as, with their signatures. */
export function IdentitySettings({ accountId }: { accountId: string }) {
  const { t } = useTranslation("mail");
  const client = useQueryClient();
  const identities = useIdentities(accountId);
  const [edited, setEdited] = useState<Identity | "new" | null>(null);

  const remove = (identity: Identity) =>
    modals.openConfirmModal({
      title: t("identity.removeTitle"),
      children: t("identity.removeText", { email: identity.email }),
      labels: { confirm: t("identity.remove"), cancel: t("cancel") },
      confirmProps: { color: "red" },
      onConfirm: () =>
        void destroyIdentity(accountId, identity.id)
          .then(() => client.invalidateQueries({ queryKey: mailKeys.identities(accountId) }))
          .catch((error) => failed(explain(error))),
    });

  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t("identity.title")}</h2>
      <p className={classes.hint}>{t("identity.hint")}</p>
      {identities.map((identity) => (
        <div key={identity.id} className={classes.identity}>
          <Avatar name={identity.name} address={identity.email} size={36} />
          <span className={classes.identityText}>
            <span className={classes.identityName}>{identity.name || identity.email}</span>
            <span className={classes.identityAddress}>
              {identity.email}
              {signatureText(identity)
                ? ` · ${signatureText(identity).split("\n")[0]}`
                : ` · ${t("identity.noSignature")}`}
            </span>
          </span>
          <ActionIcon
            size="lg"
            aria-label={t("identity.edit", { email: identity.email })}
            onClick={() => setEdited(identity)}
          >
            <IconEdit className={classes.smallIcon} />
          </ActionIcon>
          {identity.mayDelete && identities.length > 1 && (
            <ActionIcon
              size="lg"
              aria-label={t("identity.removeLabel", { email: identity.email })}
              onClick={() => remove(identity)}
            >
              <IconTrash className={classes.smallIcon} />
            </ActionIcon>
          )}
        </div>
      ))}
      <Button
        mt="sm"
        variant="default"
        leftSection={<IconPlus className={classes.smallIcon} />}
        onClick={() => setEdited("new")}
      >
        {t("identity.add")}
      </Button>
      {edited && (
        <Suspense>
          <IdentityDialog
            accountId={accountId}
            identities={identities}
            identity={edited === "new" ? null : edited}
            onClose={() => setEdited(null)}
          />
        </Suspense>
      )}
    </section>
  );
}
