/** The language of state: one word, one tone and one icon for each, never colour alone (see state-icon.tsx). */
export type State =
  "ok" | "warning" | "failed" | "crashed" | "skipped" | "paused" | "maintenance" | "stale" | "unknown";

/** What a colour may mean; everything else on a page is neutral or the accent. */
export type Tone = "positive" | "caution" | "negative" | "info" | "neutral";

interface StateLook {
  word: string;
  tone: Tone;
  /** Smaller is worse: what stands first in a list that is sorted worst first. */
  rank: number;
}

export const STATES: Record<State, StateLook> = {
  failed: { word: "Failing", tone: "negative", rank: 0 },
  crashed: { word: "Check broken", tone: "negative", rank: 1 },
  warning: { word: "Degraded", tone: "caution", rank: 2 },
  stale: { word: "Stale", tone: "neutral", rank: 3 },
  unknown: { word: "No result yet", tone: "neutral", rank: 4 },
  ok: { word: "Passing", tone: "positive", rank: 5 },
  maintenance: { word: "Maintenance", tone: "info", rank: 6 },
  skipped: { word: "Paused", tone: "neutral", rank: 7 },
  paused: { word: "Paused", tone: "neutral", rank: 8 },
};

/** Text in a tone on the page's or a card's ground, at least 4.5:1 in light and dark. */
export const TONE_TEXT: Record<Tone, string> = {
  positive: "text-positive",
  caution: "text-caution",
  negative: "text-negative",
  info: "text-info",
  neutral: "text-muted",
};

/** A tinted ground with a border and text of the same tone, for badges and banners. */
export const TONE_SURFACE: Record<Tone, string> = {
  positive: "border-positive-line bg-positive-soft text-positive",
  caution: "border-caution-line bg-caution-soft text-caution",
  negative: "border-negative-line bg-negative-soft text-negative",
  info: "border-info-line bg-info-soft text-info",
  neutral: "border-line bg-sunken text-muted",
};
