import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Correspondent } from "./correspondents";
import { correspondentsQuery, foundPeopleQuery } from "./mailData";

const none: Correspondent[] = [];

/** The people of the account's recent mail, to complete what is typed. Asked for once somebody writes or searches. */
export function useCorrespondents(accountId: string, enabled: boolean): Correspondent[] {
  const { data } = useQuery({ ...correspondentsQuery(accountId), enabled });
  return data ?? none;
}

/** For one word typed that recent mail does not know: asks all mail. */
export function useFoundPeople(accountId: string, typed: string, enabled: boolean): Correspondent[] {
  const { data } = useQuery({ ...foundPeopleQuery(accountId, typed), enabled: enabled && typed.length >= 3 });
  return useMemo(() => data ?? none, [data]);
}
