"use client";

import { findItems } from "./found-items";

/** A check as a search shows it. */
export interface FoundCheck {
  id: string;
  label: string;
}

/** The checks whose name fits, at most so many. @throws Error without a connection, or when it was aborted */
export const findChecks = (query: string, limit: number, signal?: AbortSignal): Promise<FoundCheck[]> =>
  findItems({
    path: "/api/v1/checks",
    wanted: { query, limit },
    read: ({ id, label }) => (typeof id === "string" && typeof label === "string" ? { id, label } : undefined),
    signal,
  });
