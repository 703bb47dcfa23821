import { Problem } from "@/lib/core/errors";
import type { Incident } from "./incident";

const ORDER = [
  ["startedAt", "the start"],
  ["detectedAt", "it was detected"],
  ["acknowledgedAt", "it was acknowledged"],
  ["resolvedAt", "it was resolved"],
] as const;

type Times = Pick<Incident, (typeof ORDER)[number][0]>;

/** An incident's times follow one another and lie in the past. @throws Problem invalid, with each wrong one */
export function assertTimes(times: Times, now: Date): void {
  const issues: { path: string; message: string }[] = [];
  let latest: { at: Date; name: string } | undefined;
  for (const [path, name] of ORDER) {
    const at = times[path];
    if (!at) continue;
    if (at.getTime() > now.getTime() + CLOCKS_MS) issues.push({ path, message: "must not be in the future" });
    else if (latest && at < latest.at) issues.push({ path, message: `must not be before ${latest.name}` });
    else latest = { at, name };
  }
  if (issues.length === 0) return;
  const text = issues.map(({ path, message }) => `${path}: ${message}`).join("; ");
  throw new Problem("invalid", `The incident's times are not valid: ${text}`, issues);
}

/** Clocks of programs may go ahead by so much. */
const CLOCKS_MS = 60_000;
