import { call, throwIfRefused } from "../../../lib/jmap";
import type { GetResponse, SetResponse, VacationResponse } from "../../../lib/jmap/types";

/** The one vacation response of an account. RFC 8621 §8. */
export async function vacationGet(accountId: string): Promise<VacationResponse | null> {
  const { list } = await call<GetResponse<VacationResponse>>("VacationResponse/get", { accountId, ids: ["singleton"] });
  return list[0] ?? null;
}

/** Changes it. RFC 8621 §8.2. */
export async function vacationSet(accountId: string, values: Partial<VacationResponse>): Promise<void> {
  const response = await call<SetResponse<unknown>>("VacationResponse/set", {
    accountId,
    update: { singleton: values },
  });
  throwIfRefused(response, "singleton");
}
