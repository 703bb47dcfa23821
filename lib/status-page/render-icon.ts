import { raw, type Markup } from "./html";
import type { State } from "./status";

/** One shape a state, so that colour is never alone. */
const SHAPES: Record<State, string> = {
  operational: '<circle cx="10" cy="10" r="8"/><path d="m6.5 10.2 2.4 2.4 4.6-5"/>',
  maintenance:
    '<path d="M16.5 6.2a4 4 0 0 1-5.3 4.6l-5 5a1.9 1.9 0 0 1-2.7-2.7l5-5a4 4 0 0 1 4.6-5.3L10.8 5.1l.6 2.7 2.7.6z"/>',
  unknown: '<circle cx="10" cy="10" r="8"/><path d="M7.7 7.8a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.2.9-1.2 1.7M10 14.2v.1"/>',
  degraded: '<path d="M10 2.8 18 16.5H2z"/><path d="M10 8v3.5M10 14v.1"/>',
  partial: '<path d="M10 2.8 18 16.5H2z"/><path d="M10 8v3.5M10 14v.1"/>',
  major: '<circle cx="10" cy="10" r="8"/><path d="m7 7 6 6m0-6-6 6"/>',
};

export const icon = (state: State): Markup =>
  raw(`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">${SHAPES[state]}</svg>`);
