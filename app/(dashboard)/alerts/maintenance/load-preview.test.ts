import { expect, test } from "vitest";
import { readAnswer } from "./load-preview";

const issue = (path: string, message: string) => ({ path, message });

test("the next times are shown as the server says them", () => {
  expect(readAnswer({ lines: ["Sun 26 Oct 2031, 02:30 to 03:30"] })).toEqual({
    lines: ["Sun 26 Oct 2031, 02:30 to 03:30"],
    problems: [],
  });
});

test("what is wrong is said by the field's label, what is still empty is not", () => {
  const issues = [issue("durationMinutes", "is required"), issue("cron", "must be a cron line of five fields")];
  expect(readAnswer({ status: 422, issues })).toEqual({
    lines: undefined,
    problems: ["Cron line: must be a cron line of five fields."],
  });
});

test.each([null, "<html>", {}, { issues: [null, { path: 1 }] }])("of %j nothing is said", (answer) => {
  expect(readAnswer(answer)).toEqual({ lines: undefined, problems: [] });
});
