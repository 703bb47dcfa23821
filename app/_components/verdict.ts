import type { State } from "./state";

/** What a verdict is made from: the counts of all checks, and the worst of them, longest in trouble first. */
interface Judged {
  counts: Readonly<
    Record<"ok" | "warning" | "failed" | "crashed" | "maintenance" | "paused" | "stale" | "unknown", number>
  >;
  checks: readonly { label: string; state: State; statusSince: Date | null }[];
  workerSilent: boolean;
}

export type Verdict =
  | { kind: "none" | "silent" }
  | { kind: "maintenance"; total: number }
  | { kind: "passing"; total: number; unknown: number; maintenance: number }
  | { kind: "failing" | "degraded"; count: number; total: number; names: string[]; more: number; since: number | null };

const NAMED = 3;

/** The answer to "is everything all right?". Never a good one when no worker is watching. Paused checks do not count, nor those in maintenance. Pure. */
export function judge({ counts, checks, workerSilent }: Judged): Verdict {
  const failing = counts.failed + counts.crashed;
  const unknown = counts.stale + counts.unknown;
  const total = counts.ok + counts.warning + failing + unknown;
  const { maintenance } = counts;
  if (total + maintenance === 0) return { kind: "none" };
  if (workerSilent) return { kind: "silent" };
  if (total === 0) return { kind: "maintenance", total: maintenance };
  const count = failing || counts.warning;
  if (count === 0) return { kind: "passing", total, unknown, maintenance };
  const bad = checks.filter(({ state }) =>
    failing > 0 ? state === "failed" || state === "crashed" : state === "warning",
  );
  const sinces = bad.flatMap(({ statusSince }) => statusSince?.getTime() ?? []);
  return {
    kind: failing > 0 ? "failing" : "degraded",
    count,
    total,
    names: bad.slice(0, NAMED).map(({ label }) => label),
    more: Math.max(count - NAMED, 0),
    since: sinces.length > 0 ? Math.min(...sinces) : null,
  };
}

/** What stands before the page's title in the tab; null when all is well. Pure. */
export function titlePrefix(verdict: Verdict): string | null {
  switch (verdict.kind) {
    case "failing":
      return `${verdict.count} failing`;
    case "degraded":
      return `${verdict.count} degraded`;
    case "silent":
      return "Stale";
    default:
      return null;
  }
}
