import { BellOff, BellRing, Check, Hourglass, Info, OctagonAlert, TriangleAlert, type LucideIcon } from "lucide-react";
import type { Severity } from "@/lib/alerting/severity";
import { Badge } from "./badge";
import { classNames } from "./class-names";
import { ALERT_LOOKS, SEVERITY_LOOKS, type ShownState } from "./severity";
import { TONE_TEXT } from "./state";

const SEVERITY_ICONS: Record<Severity, LucideIcon> = { critical: OctagonAlert, warning: TriangleAlert, info: Info };
const STATE_ICONS: Record<ShownState, LucideIcon> = {
  firing: BellRing,
  suppressed: BellOff,
  pending: Hourglass,
  resolved: Check,
};

/** How urgent, as icon and word. Of what is over it is grey: colour says how things are now. */
export function SeverityBadge({ severity, over = false }: { severity: Severity; over?: boolean }) {
  const { word, tone } = SEVERITY_LOOKS[severity];
  return <Badge icon={SEVERITY_ICONS[severity]} word={word} tone={over ? "neutral" : tone} />;
}

/** Firing, pending, suppressed or resolved, as icon and word. */
export function AlertStateBadge({ state }: { state: ShownState }) {
  return <Badge icon={STATE_ICONS[state]} {...ALERT_LOOKS[state]} />;
}

/** The icon of an alert's state, in its colour. Decoration: the word must stand beside it. */
export function AlertStateIcon({ state, size }: { state: ShownState; size: number }) {
  const Icon = STATE_ICONS[state];
  return <Icon aria-hidden size={size} className={classNames("shrink-0", TONE_TEXT[ALERT_LOOKS[state].tone])} />;
}
