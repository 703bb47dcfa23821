import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { groupBy } from "@/lib/core/group-by";
import { FLAPPING, type OpenAlert, decideAlert } from "../decide-alert";
import type { Reading } from "../define-source";
import type { Severity } from "../severity";
import { getSourceType } from "../source-registry";
import { parseRule } from "./rule-input";

/** One time a rule would have fired. */
export interface PreviewFiring {
  subject: string;
  from: Date;
  /** null: it would fire still. */
  to: Date | null;
  severity: Severity;
  summary: string;
}

export interface Preview {
  from: Date;
  to: Date;
  /** The latest first, at most 200. */
  firings: PreviewFiring[];
  total: number;
  /** Subjects that were looked at. */
  subjects: number;
  /** Why there is none: nothing of this source is stored. */
  unavailable: string | null;
}

const DAYS = 7;
const MAX_SHOWN = 200;

/**
 * What a rule would have done over the last seven days of stored history, by the same decisions. Nothing is stored.
 * @param input as for createRule @throws Problem forbidden, invalid
 */
export async function previewRule(context: Context, input: unknown): Promise<Preview> {
  authorize(context.actor, "read");
  const { source, config, severity, forSeconds, keepFiringSeconds } = parseRule(input);
  const type = getSourceType(source);
  const to = context.now();
  const from = new Date(to.getTime() - DAYS * 86_400_000);
  const none = { from, to, firings: [], total: 0, subjects: 0 };
  if (!type.readPast)
    return { ...none, unavailable: `Of "${type.label}" no history is stored that could be looked at.` };
  const past = await type.readPast({ id: "preview", severity, config }, context, { from, to });
  const bySubject = groupBy(
    past.flatMap(({ at, readings }) => readings.map((reading) => ({ at, reading }))),
    ({ reading }) => reading.key,
  );
  const timing = { severity, forSeconds, keepFiringSeconds };
  const all = [...bySubject.values()].flatMap((steps) => simulate(steps, timing, to));
  const firings = all.toSorted((a, b) => b.from.getTime() - a.from.getTime()).slice(0, MAX_SHOWN);
  return { ...none, firings, total: all.length, subjects: bySubject.size, unavailable: null };
}

interface Step {
  at: Date;
  reading: Reading;
}

/** What one subject's readings do, in their order; between them what falls due by itself does too. Pure. */
export function simulate(
  steps: readonly Step[],
  rule: { severity: Severity; forSeconds: number; keepFiringSeconds: number },
  end: Date,
): PreviewFiring[] {
  const firings: PreviewFiring[] = [];
  const times: Date[] = [];
  let open: OpenAlert | undefined;
  const apply = (reading: Reading, at: Date) => {
    const decision = decideAlert(open, reading, rule, times, at);
    const latest = firings.at(-1);
    if (decision.to === "pending")
      open = { state: "pending", severity: rule.severity, pendingSince: at, clearSince: null, isFlapping: false };
    else if (decision.to === "firing") {
      open = {
        state: "firing",
        severity: decision.severity,
        pendingSince: open?.pendingSince ?? at,
        clearSince: null,
        isFlapping: decision.isFlapping,
      };
      times.push(at);
      firings.push({
        subject: reading.subject,
        from: at,
        to: null,
        severity: decision.severity,
        summary: reading.summary,
      });
    } else if (decision.to === "still-firing" && open) {
      open = { ...open, severity: decision.severity, clearSince: decision.clearSince };
      if (latest) latest.severity = decision.severity;
    } else if (decision.to === "resolved") {
      if (latest && open?.state === "firing") latest.to = at;
      open = undefined;
    }
  };
  const dueAt = (): number | undefined => {
    if (open?.state === "pending") return open.pendingSince.getTime() + rule.forSeconds * 1000;
    if (!open?.clearSince) return undefined;
    return open.clearSince.getTime() + Math.max(rule.keepFiringSeconds * 1000, open.isFlapping ? FLAPPING.calmMs : 0);
  };
  steps.forEach(({ at, reading }, index) => {
    apply(reading, at);
    const next = steps[index + 1]?.at ?? end;
    const due = dueAt();
    if (due !== undefined && due > at.getTime() && due < next.getTime()) apply(reading, new Date(due));
  });
  return firings;
}
