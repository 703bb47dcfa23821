import { CircleCheck, CircleQuestionMark, CircleX, TriangleAlert, Wrench, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { classNames } from "@/app/_components/class-names";
import { ClockTime } from "@/app/_components/relative-time";
import type { Verdict } from "@/app/_components/verdict";

const LOOKS: Record<Verdict["kind"], { icon: LucideIcon; tone: string; ground: string }> = {
  passing: { icon: CircleCheck, tone: "text-positive", ground: "border-line bg-surface" },
  degraded: { icon: TriangleAlert, tone: "text-caution", ground: "border-caution-line bg-caution-soft" },
  failing: { icon: CircleX, tone: "text-negative", ground: "border-negative-line bg-negative-soft" },
  maintenance: { icon: Wrench, tone: "text-info", ground: "border-info-line bg-info-soft" },
  silent: { icon: CircleQuestionMark, tone: "text-muted", ground: "border-line bg-sunken hatched" },
  none: { icon: CircleQuestionMark, tone: "text-muted", ground: "border-line bg-surface" },
};

/** The page's first line and h1: is everything all right? */
export function VerdictLine({ verdict }: { verdict: Verdict }) {
  const { icon: Icon, tone, ground } = LOOKS[verdict.kind];
  return (
    <div className={classNames("flex items-start gap-3 rounded-lg border px-4 py-4", ground)}>
      <Icon aria-hidden size={28} strokeWidth={2} className={classNames("shrink-0", tone)} />
      <h1 className="min-w-0 text-xl font-semibold tracking-tight text-balance text-ink">
        <Sentence verdict={verdict} />
      </h1>
    </div>
  );
}

function Sentence({ verdict }: { verdict: Verdict }) {
  switch (verdict.kind) {
    case "silent":
      return "Nobody is watching: no worker reports, so the state of the checks is not known.";
    case "none":
      return "No check is running yet.";
    case "maintenance":
      return verdict.total === 1
        ? "The one check is in maintenance."
        : `All ${verdict.total} checks are in maintenance.`;
    case "passing":
      return passing(verdict);
    default: {
      const { count, total, names, more, since, kind } = verdict;
      const verb = kind === "failing" ? (count === 1 ? "fails" : "fail") : count === 1 ? "is degraded" : "are degraded";
      return (
        <>
          {count} of {total} {total === 1 ? "check" : "checks"} {verb}: {names.join(", ")}
          {more > 0 ? (
            <>
              {" and "}
              <Link
                href={`/checks?status=${kind === "failing" ? "failed" : "warning"}`}
                className="underline decoration-1 underline-offset-4"
              >
                {more} more
              </Link>
            </>
          ) : null}
          {since === null ? null : (
            <>
              , since <ClockTime at={since} />
            </>
          )}
          .
        </>
      );
    }
  }
}

function passing({ total, unknown, maintenance }: Extract<Verdict, { kind: "passing" }>): string {
  const known = total - unknown;
  if (known === 0) return "No check has a fresh result yet.";
  const planned = maintenance === 0 ? "" : `; ${maintenance} ${maintenance === 1 ? "is" : "are"} in maintenance`;
  if (unknown > 0)
    return `${known} of ${total} checks pass; ${unknown} ${unknown === 1 ? "has" : "have"} no fresh result${planned}.`;
  if (total === 1) return maintenance === 0 ? "The one check passes." : `1 check passes${planned}.`;
  return `All ${total} checks pass${planned}.`;
}
