import { expect, test } from "vitest";
import { changedFields } from "./changed-fields";

test.each([
  ["nothing known", null, null, []],
  ["what stays is left out", { a: 1, b: [1] }, { a: 1, b: [2] }, [{ name: "b", before: "[1]", after: "[2]" }]],
  ["made", null, { label: "x" }, [{ name: "label", before: undefined, after: "x" }]],
  ["deleted", { label: "x" }, null, [{ name: "label", before: "x", after: undefined }]],
  ["a null is a value", { a: null }, { a: "" }, [{ name: "a", before: "null", after: "" }]],
])("%s", (_, before, after, wanted) => expect(changedFields(before, after)).toEqual(wanted));

test("a long text is cut", () => {
  expect(changedFields(null, { text: "x".repeat(5_000) })[0]?.after).toHaveLength(301);
});
