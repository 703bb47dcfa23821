import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeChanges, type Save } from "./merge-changes";

interface Text {
  a: string;
  b: string;
}
type Field = keyof Text;
const fields: readonly Field[] = ["a", "b"];

const save = (version: number, by: string, before: Partial<Text>): Save<Field> => ({
  version,
  by,
  before,
  changed: before.a === undefined ? ["b"] : before.b === undefined ? ["a"] : ["a", "b"],
});

describe("on version 1 of { a: old, b: old }, of which Grace made { a: hers } in version 2", () => {
  const given = { current: { a: "hers", b: "old" }, version: 2, saves: [save(2, "Grace", { a: "old" })] };
  test.each<[string, Partial<Text>, number | undefined, number | undefined, Partial<Text>, Field[]]>([
    ["the other field goes through", { b: "mine" }, 1, undefined, { b: "mine" }, []],
    [
      "a whole form, in which only the other field was touched, keeps hers",
      { a: "old", b: "mine" },
      1,
      undefined,
      { b: "mine" },
      [],
    ],
    ["the same field is told", { a: "mine" }, 1, undefined, {}, ["a"]],
    ["the same field with her words is nothing", { a: "hers" }, 1, undefined, {}, []],
    ["the same field, knowing of hers", { a: "mine" }, 1, 2, { a: "mine" }, []],
    ["a whole form, knowing of hers, that did not touch her field", { a: "old", b: "mine" }, 1, 2, { b: "mine" }, []],
    ["made on hers", { a: "mine" }, 2, undefined, { a: "mine" }, []],
    ["made on whatever there is", { a: "mine" }, undefined, undefined, { a: "mine" }, []],
  ])("%s", (_what, wanted, base, seen, changed, conflicts) => {
    const merged = mergeChanges({ fields, ...given, saves: base === 1 ? given.saves : [], wanted, base, seen });
    expect(merged.changed).toEqual(changed);
    expect(merged.conflicts.map(({ field }) => field)).toEqual(conflicts);
    expect(merged.conflicts.every(({ by }) => by === "Grace")).toBe(true);
  });
});

test("a save after the one that was seen is told, by who made it", () => {
  const saves = [save(2, "Grace", { a: "old" }), save(3, "Linus", { a: "hers" })];
  const given = { current: { a: "his", b: "old" }, version: 3, wanted: { a: "mine" }, base: 1, saves };
  expect(mergeChanges({ fields, ...given, seen: 2 }).conflicts).toEqual([{ field: "a", by: "Linus" }]);
  expect(mergeChanges({ fields, ...given, seen: 3 }).changed).toEqual({ a: "mine" });
});

test("where it is not known any more what was there before, each difference is told", () => {
  const given = { current: { a: "new", b: "new" }, version: 300, base: 1, seen: undefined };
  const saves = [save(300, "Grace", { a: "old" })];
  const merged = mergeChanges({ fields, ...given, wanted: { a: "mine", b: "old" }, saves });
  expect(merged).toEqual({
    changed: {},
    conflicts: [
      { field: "a", by: "Grace" },
      { field: "b", by: "Somebody" },
    ],
  });
});

test("however saves interleave, a change is stored, told, or was none: nothing gets lost unseen", () => {
  const word = fc.constantFrom("x", "y", "z");
  const edit = fc.record({
    a: fc.option(word, { nil: undefined }),
    b: fc.option(word, { nil: undefined }),
    lag: fc.nat(4),
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
      const states: Text[] = [{ a: "x", b: "x" }];
      const saves: Save<Field>[] = [];
      for (const { lag, ...touched } of edits) {
        const version = states.length - 1;
        const base = Math.max(0, version - lag);
        const opened = states[base];
        const current = states[version];
        if (!opened || !current) throw new Error("no such version");
        // A form sends every field, the untouched ones as they were when it was opened.
        const wanted = { a: touched.a ?? opened.a, b: touched.b ?? opened.b };
        const since = saves.filter((one) => one.version > base);
        const { changed, conflicts } = mergeChanges({
          fields,
          current,
          version,
          wanted,
          base,
          seen: undefined,
          saves: since,
        });
        for (const field of ["a", "b"] as const) {
          const mine = wanted[field] !== opened[field];
          const theirs = since.some((one) => one.changed.includes(field));
          if (!mine) expect(changed[field]).toBeUndefined();
          if (mine && !theirs) expect(changed[field]).toBe(wanted[field]);
          if (mine && theirs && wanted[field] !== current[field])
            expect(conflicts.map((one) => one.field)).toContain(field);
        }
        if (conflicts.length > 0 || Object.keys(changed).length === 0) continue;
        const touchedFields = fields.filter((field) => field in changed);
        const before = Object.fromEntries(touchedFields.map((field) => [field, current[field]]));
        saves.push({ version: version + 1, by: "Grace", before, changed: touchedFields });
        states.push({ ...current, ...changed });
      }
    }),
  );
});
