"use client";

import { findItems } from "./found-items";

/** An error as a search shows it. */
interface FoundError {
  id: string;
  /** "TypeError: x is undefined" */
  name: string;
  culprit: string;
}

/** The errors of a project that fit a search, the latest first. @throws Error without a connection */
export const findErrors = (query: string, project: number, limit: number): Promise<FoundError[]> =>
  findItems({
    path: "/api/v1/errors",
    wanted: { query, project, limit },
    read: ({ id, type, value, culprit }) => {
      if (typeof id !== "string") return undefined;
      const name = [type, value].filter((part) => typeof part === "string" && part !== "").join(": ");
      return { id, name, culprit: typeof culprit === "string" ? culprit : "" };
    },
  });
