import { expect, test } from "vitest";
import type { TimelineEntry } from "@/lib/incidents/get-incident";
import { timelineView } from "./timeline-view";

const entry = (n: number): TimelineEntry => ({
  id: String(n),
  source: n % 2 === 0 ? "update" : "alerts",
  at: new Date(n),
  status: null,
  message: `${n}`,
  link: null,
  isPinned: n === 3,
  isPublic: false,
  annotation: null,
  authorName: null,
});
const timeline = Array.from({ length: 130 }, (_, n) => entry(n));

test("the newest stands first; what is old waits until somebody asks for it", () => {
  const view = timelineView(timeline, undefined, undefined);
  expect(view.entries.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, n) => String(129 - n)));
  expect(view).toMatchObject({ show: "all", older: 30, counts: { all: 130, updates: 65 } });
  expect(timelineView(timeline, undefined, "all")).toMatchObject({ older: 0, entries: { length: 130 } });
});

test("only what people wrote; what is pinned is there all the same", () => {
  const view = timelineView(timeline, "updates", undefined);
  expect(view.entries.every(({ source }) => source === "update")).toBe(true);
  expect(view).toMatchObject({ show: "updates", entries: { length: 65 }, older: 0 });
  expect(view.pinned.map(({ id }) => id)).toEqual(["3"]);
});

test("an address that says anything else shows all", () => {
  expect(timelineView([], "nonsense", "x")).toMatchObject({ show: "all", entries: [], older: 0 });
});
