import fc from "fast-check";
import { expect, test } from "vitest";
import { blocksOf, moved } from "./display-order";

const place = (text: string) => text.split(" ").map((one) => ({ id: one, groupName: /[a-z]/.exec(one)?.[0] ?? "" }));
const ids = (text: string) => text.split(" ");

test("a group stands together, where its first component does", () => {
  expect(blocksOf(place("1 a2 3 a4 b5")).map((block) => block.map(({ id }) => id))).toEqual([
    ["1"],
    ["a2", "a4"],
    ["3"],
    ["b5"],
  ]);
});

test.each([
  ["1 2 3", "2", "up", "2 1 3"],
  ["1 2 3", "2", "down", "1 3 2"],
  ["1 2 3", "1", "up", "1 2 3"],
  ["1 2 3", "3", "down", "1 2 3"],
  // Within its group.
  ["a1 a2 3", "a2", "up", "a2 a1 3"],
  // At the group's end the whole group goes.
  ["1 a2 a3", "a2", "up", "a2 a3 1"],
  ["a1 a2 3", "a2", "down", "3 a1 a2"],
  ["a1 a2 3", "3", "up", "3 a1 a2"],
] as const)("%s: %s %s is %s", (before, id, direction, after) => {
  expect(moved(place(before), id, direction)).toEqual(ids(after));
});

test("no move loses or doubles a component, or tears a group", () => {
  const component = fc.record({ id: fc.uuid(), groupName: fc.constantFrom("", "", "x", "y") });
  const components = fc.uniqueArray(component, { selector: ({ id }) => id, minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(components, fc.nat(), fc.constantFrom("up" as const, "down" as const), (list, index, direction) => {
      const id = list[index % list.length]?.id ?? "";
      const after = moved(list, id, direction);
      expect(after.toSorted()).toEqual(list.map((one) => one.id).toSorted());
      const inOrder = after.flatMap((one) => list.find((candidate) => candidate.id === one) ?? []);
      expect(blocksOf(inOrder).flat()).toEqual(inOrder);
    }),
  );
});
