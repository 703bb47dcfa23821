"use client";

import { findItems } from "./found-items";

/** An incident as a search shows it. */
interface FoundIncident {
  id: string;
  number: number;
  title: string;
}

/** The incidents with the number or with these words, the latest first. @throws Error without a connection, or when it was aborted */
export const findIncidents = (query: string, limit: number, signal?: AbortSignal): Promise<FoundIncident[]> =>
  findItems({
    path: "/api/v1/incidents",
    wanted: { query, limit },
    read: ({ id, number, title }) =>
      typeof id === "string" && typeof number === "number" && typeof title === "string"
        ? { id, number, title }
        : undefined,
    signal,
  });
