"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** The viewer's time zone; "UTC" on the server and in the first paint, which must agree with it. */
export function useZone(): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
}
