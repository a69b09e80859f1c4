import { ActionIcon, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { CardAddress } from "../../../../lib/jmap/contacts";
import { addressPart, streetOf, withAddressPart, withEntry, withStreet } from "../../state/edit";
import { labelChoices } from "../../state/labels";
import classes from "./CardForm.module.css";
import { LabelField } from "./LabelField";

// i18n: contacts:address.*
const parts = ["name", "postcode", "locality", "region", "country"] as const;

interface AddressRowsProps {
  map: Record<string, CardAddress>;
  onChange(map: Record<string, CardAddress>): void;
}

/** Postal addresses by their parts (RFC 9553 §2.5.1). */
export function AddressRows({ map, onChange }: AddressRowsProps) {
  const { t } = useTranslation("contacts");
  return Object.entries(map).map(([key, address]) => (
    <fieldset key={key} className={classes.rows}>
      <legend className={classes.legend}>{t("fields.address")}</legend>
      <div className={classes.row}>
        <div className={classes.address}>
          {parts.map((kind) => (
            <TextInput
              key={kind}
              className={kind === "name" ? classes.street : undefined}
              aria-label={t(`address.${kind}`)}
              placeholder={t(`address.${kind}`)}
              value={kind === "name" ? streetOf(address) : addressPart(address, kind)}
              onChange={({ currentTarget: { value } }) =>
                onChange(
                  withEntry(
                    map,
                    key,
                    kind === "name" ? withStreet(address, value) : withAddressPart(address, kind, value),
                  ),
                )
              }
            />
          ))}
        </div>
        <LabelField
          of={t("fields.address")}
          entry={address}
          choices={labelChoices}
          onChange={(labelled) => onChange(withEntry(map, key, labelled))}
        />
        <ActionIcon
          size="lg"
          aria-label={t("form.removeValue", { field: t("fields.address"), value: addressPart(address, "locality") })}
          onClick={() => onChange(withEntry(map, key, null))}
        >
          <IconX className={classes.icon} />
        </ActionIcon>
      </div>
    </fieldset>
  ));
}
