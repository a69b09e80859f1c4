export { setBadge } from "./badges";
export {
  type Command,
  registerCommands,
  registerSearchProvider,
  type SearchProvider,
  type SearchResult,
} from "./commands";
export { openPalette, openShortcutMap } from "./dialogs";
export { navigateTo } from "./navigate";
export { type News, notify, useNotifications } from "./notifications";
export { registerShortcuts, type Shortcut, useShortcuts } from "./shortcuts";
export { useOnline } from "./useOnline";
export { usePageTitle } from "./usePageTitle";
