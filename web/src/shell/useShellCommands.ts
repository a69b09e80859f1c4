import { useMantineColorScheme } from "@mantine/core";
import {
  IconDeviceDesktop,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSettings,
  IconShieldLock,
  IconSun,
} from "@tabler/icons-react";
import { useEffect } from "react";
import { apps } from "../apps";
import { currentLanguage, setLanguage } from "../i18n";
import { useSession } from "../lib/oidc";
import { registerCommands } from "./commands";
import { openShortcutMap } from "./dialogs";
import { navigateTo } from "./navigate";

/** What the palette offers wherever one is. */
export function useShellCommands(): void {
  const { setColorScheme } = useMantineColorScheme();
  const { signOut } = useSession();
  useEffect(
    () =>
      registerCommands([
        ...apps.map((app) => ({
          id: `open.${app.id}`,
          labelId: app.labelId,
          icon: app.icon,
          run: () => navigateTo(app.path),
        })),
        { id: "settings", labelId: "shell:settings.title", icon: IconSettings, run: () => navigateTo("/settings") },
        {
          id: "account",
          labelId: "shell:account.page",
          icon: IconShieldLock,
          run: () => location.assign("/account"),
        },
        { id: "shortcuts", labelId: "shell:shortcuts.open", icon: IconKeyboard, keys: "?", run: openShortcutMap },
        { id: "light", labelId: "shell:command.light", icon: IconSun, run: () => setColorScheme("light") },
        { id: "dark", labelId: "shell:command.dark", icon: IconMoon, run: () => setColorScheme("dark") },
        { id: "auto", labelId: "shell:command.auto", icon: IconDeviceDesktop, run: () => setColorScheme("auto") },
        {
          id: "language",
          labelId: "shell:command.otherLanguage",
          icon: IconLanguage,
          run: () => void setLanguage(currentLanguage() === "fr" ? "en" : "fr"),
        },
        { id: "signOut", labelId: "shell:account.signOut", icon: IconLogout, run: () => void signOut() },
      ]),
    [setColorScheme, signOut],
  );
}
