import { Bug, Info, OctagonAlert, TriangleAlert, type LucideIcon } from "lucide-react";
import { Badge } from "./badge";
import type { Tone } from "./state";

/** Levels of error events and of logs: an icon, a word and a tone for each. */
const LEVELS: Readonly<Record<string, { icon: LucideIcon; word: string; tone: Tone }>> = {
  fatal: { icon: OctagonAlert, word: "Fatal", tone: "negative" },
  error: { icon: Bug, word: "Error", tone: "negative" },
  warning: { icon: TriangleAlert, word: "Warning", tone: "caution" },
  warn: { icon: TriangleAlert, word: "Warning", tone: "caution" },
  info: { icon: Info, word: "Info", tone: "info" },
  debug: { icon: Info, word: "Debug", tone: "neutral" },
  trace: { icon: Info, word: "Trace", tone: "neutral" },
};

/** How bad, as icon and word. Of what nobody needs to look at it is grey. */
export function LevelBadge({ level, quiet = false }: { level: string; quiet?: boolean }) {
  const { icon, word, tone } = LEVELS[level] ?? { icon: Info, word: level, tone: "neutral" as const };
  return <Badge icon={icon} word={word} tone={quiet ? "neutral" : tone} />;
}
