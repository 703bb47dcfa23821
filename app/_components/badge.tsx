import type { LucideIcon } from "lucide-react";
import { classNames } from "./class-names";
import { TONE_SURFACE, type Tone } from "./state";

/** A word with its icon on a tinted ground. */
export function Badge({ icon: Icon, word, tone }: { icon: LucideIcon; word: string; tone: Tone }) {
  return (
    <span
      className={classNames(
        "inline-flex h-6 items-center gap-1 rounded-full border px-2 text-xs font-medium whitespace-nowrap",
        TONE_SURFACE[tone],
      )}
    >
      <Icon aria-hidden size={12} strokeWidth={2.25} className="shrink-0" />
      {word}
    </span>
  );
}
