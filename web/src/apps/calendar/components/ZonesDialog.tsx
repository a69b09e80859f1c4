import { ActionIcon, Modal, Select, Stack } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { timeText } from "../../../lib/calendar/format";
import { allZones, cityOf, momentOf, moved, offsetText } from "../../../lib/calendar/zones";
import { useCalendar } from "../state/CalendarContext";
import { preferCalendar, usePreferences } from "../state/preferences";
import classes from "./ZonesDialog.module.css";

const most = 3;

/** Which clocks stand beside one's own. */
export function ZonesDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation("calendar");
  const { zone, now } = useCalendar();
  const { sideZones } = usePreferences();
  const moment = momentOf(now, zone);
  const free = allZones().filter((each) => each !== zone && !sideZones.includes(each));
  return (
    <Modal opened onClose={onClose} title={t("zones.title")} closeButtonProps={{ "aria-label": t("close") }}>
      <Stack>
        <ul className={classes.list}>
          {[zone, ...sideZones].map((each) => (
            <li key={each} className={classes.zone}>
              <span className={classes.name}>
                {cityOf(each)}
                <span className={classes.soft}>{offsetText(moment, each)}</span>
              </span>
              <span className={classes.time}>{timeText(moved(now, zone, each))}</span>
              {each !== zone && (
                <ActionIcon
                  aria-label={t("zones.remove", { name: cityOf(each) })}
                  onClick={() => preferCalendar({ sideZones: sideZones.filter((other) => other !== each) })}
                >
                  <IconX className={classes.icon} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
        {sideZones.length < most && (
          <Select
            data-autofocus
            label={t("zones.add")}
            placeholder={t("zones.placeholder")}
            searchable
            limit={60}
            maxDropdownHeight={220}
            value={null}
            data={free.map((each) => ({
              value: each,
              label: `${each.replaceAll("_", " ")} · ${offsetText(moment, each)}`,
            }))}
            onChange={(each) => each && preferCalendar({ sideZones: [...sideZones, each] })}
          />
        )}
      </Stack>
    </Modal>
  );
}
