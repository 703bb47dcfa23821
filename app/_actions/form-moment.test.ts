import { expect, test } from "vitest";
import { momentOf } from "./form-moment";

const was = "2026-05-01T12:30:41.250Z";
const read = (at: string, timezone = "Europe/Berlin") => momentOf({ at, "was.at": was, timezone }, "at");

test("a time that nobody changed keeps its seconds", () => {
  expect(read("2026-05-01T14:30")).toEqual(new Date(was));
});

test("a changed one is by the viewer's clocks", () => {
  expect(read("2026-05-01T14:31")).toEqual(new Date("2026-05-01T12:31:00Z"));
  expect(read("2026-05-01T14:31", "No/Where")).toEqual(new Date("2026-05-01T14:31:00Z"));
});

test("an hour that comes twice stays the one that it was", () => {
  const second = { at: "2026-10-25T02:30", "was.at": "2026-10-25T01:30:00.000Z", timezone: "Europe/Berlin" };
  expect(momentOf(second, "at")).toEqual(new Date("2026-10-25T01:30:00Z"));
});

test("an empty one is none, one that is not asked for stays", () => {
  expect(read("")).toBeNull();
  expect(momentOf({}, "at")).toBeUndefined();
});

test.each(["yesterday", "2026-13-45", "2026-05-01"])("%s is refused at its field", (text) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({ kind: "invalid", issues: [{ path: "at", message: "must be a date and a time" }] }),
  );
});
