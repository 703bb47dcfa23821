import { Check, CircleQuestionMark, Pause, TriangleAlert, Wrench, X, Zap, type LucideIcon } from "lucide-react";
import { classNames } from "./class-names";
import { STATES, TONE_TEXT, type State } from "./state";

const ICONS: Record<State, LucideIcon> = {
  ok: Check,
  warning: TriangleAlert,
  failed: X,
  crashed: Zap,
  skipped: Pause,
  paused: Pause,
  maintenance: Wrench,
  stale: CircleQuestionMark,
  unknown: CircleQuestionMark,
};

/** The icon of a state, in its colour. Decoration: the state's word must stand beside it. */
export function StateIcon({ state, size = 16, className }: { state: State; size?: number; className?: string }) {
  const Icon = ICONS[state];
  return (
    <Icon
      aria-hidden
      size={size}
      strokeWidth={2.25}
      className={classNames("shrink-0", TONE_TEXT[STATES[state].tone], className)}
    />
  );
}
