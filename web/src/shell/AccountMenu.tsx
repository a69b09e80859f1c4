import { Popover, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import {
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSettings,
  IconShieldLock,
  IconSun,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage, type Language, languages, setLanguage } from "../i18n";
import { useSession } from "../lib/oidc";
import { Avatar, useIsPhone } from "../ui";
import classes from "./AccountMenu.module.css";
import { openShortcutMap } from "./dialogs";
import { navigateTo } from "./navigate";
import rail from "./Rail.module.css";

// i18n: shell:language.*

/** Who is signed in, and what they may choose. A panel and not a menu: it holds choices, which no menu may (ARIA 1.2). */
export function AccountMenu() {
  const { t } = useTranslation("shell");
  const { name, address } = useSession();
  const [isOpen, setOpen] = useState(false);
  const isPhone = useIsPhone();
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position={isPhone ? "top-end" : "right-end"}
      width={288}
      offset={isPhone ? 8 : 12}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className={rail.entry}
          aria-label={t("account.menu", { name })}
          data-hint={isOpen ? undefined : name}
          onClick={() => setOpen(!isOpen)}
        >
          <Avatar name={name} address={address} size={isPhone ? 24 : 32} />
          <span className={rail.name} aria-hidden="true">
            {t("account.short")}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={4} aria-label={t("account.menu", { name })}>
        <AccountPanel onClose={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function AccountPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("shell");
  const { name, address, signOut } = useSession();
  const closing = (work: () => void) => () => {
    onClose();
    work();
  };
  return (
    <>
      <div className={classes.person}>
        <Avatar name={name} address={address} size={40} />
        <div className={classes.names}>
          <Text fw={600} truncate>
            {name}
          </Text>
          <Text size="sm" c="dimmed" truncate>
            {address}
          </Text>
        </div>
      </div>
      <div className={classes.choice}>
        <SchemeChoice />
        <LanguageChoice />
      </div>
      <UnstyledButton className={classes.item} onClick={closing(() => navigateTo("/settings"))} data-autofocus>
        <IconSettings size={18} stroke={1.6} aria-hidden="true" />
        {t("settings.title")}
      </UnstyledButton>
      <UnstyledButton className={classes.item} component="a" href="/account">
        <IconShieldLock size={18} stroke={1.6} aria-hidden="true" />
        {t("account.page")}
      </UnstyledButton>
      <UnstyledButton className={classes.item} onClick={closing(openShortcutMap)}>
        <IconKeyboard size={18} stroke={1.6} aria-hidden="true" />
        {t("shortcuts.open")}
      </UnstyledButton>
      <hr className={classes.line} />
      <UnstyledButton className={classes.item} onClick={closing(() => void signOut())}>
        <IconLogout size={18} stroke={1.6} aria-hidden="true" />
        {t("account.signOut")}
      </UnstyledButton>
    </>
  );
}

export function SchemeChoice() {
  const { t } = useTranslation("shell");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t("scheme.label")}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as typeof colorScheme)}
      data={[
        { value: "light", label: <SchemeLabel icon={IconSun} text={t("scheme.light")} /> },
        { value: "dark", label: <SchemeLabel icon={IconMoon} text={t("scheme.dark")} /> },
        { value: "auto", label: <SchemeLabel icon={IconDeviceDesktop} text={t("scheme.auto")} /> },
      ]}
    />
  );
}

function SchemeLabel({ icon: Icon, text }: { icon: typeof IconSun; text: string }) {
  return (
    <span className={classes.scheme}>
      <Icon size={15} stroke={1.7} aria-hidden="true" />
      {text}
    </span>
  );
}

export function LanguageChoice() {
  const { t } = useTranslation("shell");
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t("language.label")}
      value={currentLanguage()}
      onChange={(value) => void setLanguage(value as Language)}
      data={languages.map((language) => ({
        value: language,
        label: <span lang={language}>{t(`language.${language}`)}</span>,
      }))}
    />
  );
}
