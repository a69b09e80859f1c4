import { JmapError, primaryAccount, ref, request, result, session } from "../../../lib/jmap";
import type { BusyPeriod } from "../../../lib/jmap/calendars";
import type { Invocation } from "../../../lib/jmap/types";

/** What is refused of a single person, who is then somebody whose time is not known. */
const untold = new Set(["invalidResultReference", "notFound", "forbidden", "tooLarge", "unknownMethod"]);

interface Question {
  address: string;
  answer(periods: BusyPeriod[] | null): void;
  fail(error: unknown): void;
}

/** Asked in the same moment, by the time they are about: people are asked for together. */
const waiting = new Map<string, Question[]>();

/**
 * When the person of an address is not free between two moments (draft-ietf-jmap-calendars, `Principal/getAvailability`);
 * null where the address is nobody's here, or it is not told.
 */
export function availabilityGet(address: string, from: number, to: number): Promise<BusyPeriod[] | null> {
  return new Promise((answer, fail) => {
    const key = `${from} ${to}`;
    const questions = waiting.get(key) ?? [];
    if (questions.length === 0) {
      waiting.set(key, questions);
      setTimeout(() => {
        waiting.delete(key);
        void askAll(questions, from, to);
      });
    }
    questions.push({ address, answer, fail });
  });
}

/** In as many requests as the server's limits ask, one after the other. */
async function askAll(questions: Question[], from: number, to: number): Promise<void> {
  try {
    const { maxCallsInRequest } = (await session()).capabilities["urn:ietf:params:jmap:core"];
    const most = Math.max(1, Math.floor(maxCallsInRequest / 2));
    for (let at = 0; at < questions.length; at += most) await ask(questions.slice(at, at + most), from, to);
  } catch (error) {
    // Those that were answered already hear nothing of it.
    for (const { fail } of questions) fail(error);
  }
}

async function ask(questions: Question[], from: number, to: number): Promise<void> {
  const accountId = await primaryAccount("urn:ietf:params:jmap:principals");
  const answers = await request(
    questions.flatMap(({ address }, at): Invocation[] => [
      ["Principal/query", { accountId, filter: { calendarAddress: `mailto:${address}` }, limit: 1 }, `q${at}`],
      [
        "Principal/getAvailability",
        {
          accountId,
          "#id": ref(`q${at}`, "Principal/query", "/ids/0"),
          utcStart: utc(from),
          utcEnd: utc(to),
          showDetails: true,
          eventProperties: ["uid"],
        },
        `a${at}`,
      ],
    ]),
  );
  questions.forEach(({ answer, fail }, at) => {
    try {
      answer(result<{ list: BusyPeriod[] }>(answers, `a${at}`).list);
    } catch (error) {
      if (error instanceof JmapError && untold.has(error.type)) answer(null);
      else fail(error);
    }
  });
}

function utc(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 19)}Z`;
}
