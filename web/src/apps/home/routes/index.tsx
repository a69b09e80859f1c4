import { loadTexts } from "../../../i18n";
import { startCalendarPush } from "../../../lib/calendar/push";
import { HomeScreen } from "./HomeScreen";

startCalendarPush();

/** Events and invitations are told in the words of the calendar. */
export const ahead = loadTexts("calendar");

/** The home app: one screen of what the day brings, over everything that one has here. */
export default function HomeRoutes() {
  return <HomeScreen />;
}
