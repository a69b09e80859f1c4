import { Kbd } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { keyCaps } from "./shortcuts";

/** Keys as they are written on the keyboard. */
export function KeyCaps({ keys }: { keys: string }) {
  const { t } = useTranslation("shell");
  return (
    <span>
      {keyCaps(keys).map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of one sequence never move
        <Fragment key={at}>
          {at > 0 && ` ${t("shortcuts.then")} `}
          {step.map((cap) => (
            <Kbd key={cap} size="xs" mx={1}>
              {cap}
            </Kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
