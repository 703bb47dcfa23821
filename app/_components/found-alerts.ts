"use client";

import { findItems } from "./found-items";

/** An alert as a search shows it. */
interface FoundAlert {
  id: string;
  subject: string;
  severity: string;
}

/** The open alerts about this, at most so many. @throws Error without a connection */
export const findAlerts = (query: string, limit: number): Promise<FoundAlert[]> =>
  findItems({
    path: "/api/v1/alerts",
    wanted: { query, limit },
    read: ({ id, subject, severity }) =>
      typeof id === "string" && typeof subject === "string" ? { id, subject, severity: String(severity) } : undefined,
  });
