import { BellRing, CircleCheck, Hourglass, Pause, TriangleAlert, type LucideIcon } from "lucide-react";
import { classNames } from "@/app/_components/class-names";
import type { RuleWithCounts } from "@/lib/alerting/rules/list-rules";

/** How a rule is now, as icon and words. */
export function RuleState({ rule }: { rule: RuleWithCounts }) {
  const { icon: Icon, tone, words } = lookOf(rule);
  return (
    <span className={classNames("inline-flex items-center gap-1.5 text-sm", tone)}>
      <Icon aria-hidden size={14} className="shrink-0" />
      {words}
    </span>
  );
}

function lookOf({ pausedAt, problem, firing, pending }: RuleWithCounts): {
  icon: LucideIcon;
  tone: string;
  words: string;
} {
  if (pausedAt) return { icon: Pause, tone: "text-muted", words: "Paused" };
  if (problem) return { icon: TriangleAlert, tone: "text-caution", words: "Can't be looked at" };
  if (firing > 0) return { icon: BellRing, tone: "text-negative", words: `${firing} firing` };
  if (pending > 0) return { icon: Hourglass, tone: "text-muted", words: `${pending} pending` };
  return { icon: CircleCheck, tone: "text-positive", words: "Quiet" };
}
