import { z } from "zod";
import type { Alert as AlertRow } from "@/lib/db/generated/client";

const labels = z.record(z.string(), z.coerce.string());

/** An alert as it is shown. */
export interface Alert extends Omit<AlertRow, "openFingerprint" | "labels" | "holdUntil" | "notifiedSeverity"> {
  labels: Record<string, string>;
  /** What the list says: a firing alert that nobody is told of is `suppressed`. */
  shown: "firing" | "pending" | "suppressed" | "resolved";
}

export function toAlert(row: AlertRow): Alert {
  const { openFingerprint: _open, holdUntil: _hold, notifiedSeverity: _severity, ...rest } = row;
  const isMuted = row.state === "firing" && row.suppressedReason !== null;
  return { ...rest, labels: labels.catch({}).parse(row.labels), shown: isMuted ? "suppressed" : row.state };
}
