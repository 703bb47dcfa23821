import { classNames } from "./class-names";
import { STATES, TONE_SURFACE, type State } from "./state";
import { StateIcon } from "./state-icon";

/**
 * A state as icon and word. A broken check is outlined and a stale one hatched, so that the two reds and the greys differ without colour.
 * @param detail follows the word, e.g. "last seen 4 min ago"
 */
export function StateBadge({ state, detail }: { state: State; detail?: string }) {
  const ground = state === "crashed" ? "border-negative bg-surface text-negative" : TONE_SURFACE[STATES[state].tone];
  const hatched = (state === "stale" || state === "unknown") && "hatched";
  return (
    <span
      className={classNames(
        "inline-flex h-6 items-center gap-1 rounded-full border px-2 text-xs font-medium whitespace-nowrap",
        ground,
        hatched,
      )}
    >
      <StateIcon state={state} size={12} />
      <span>
        {STATES[state].word}
        {detail ? <span className="font-normal">, {detail}</span> : null}
      </span>
    </span>
  );
}
