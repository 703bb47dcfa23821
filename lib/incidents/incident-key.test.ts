import { expect, test } from "vitest";
import { incidentKey } from "./incident-key";

test.each(["12", "INC-12", "inc-12"])("%s is number 12", (text) => {
  expect(incidentKey(text)).toEqual({ number: 12 });
});

test("an id stays one", () => {
  const id = crypto.randomUUID();
  expect(incidentKey(id)).toEqual({ id });
});

test.each(["", "0", "012", "-1", "1.5", "INC-", "12345678901", "new"])("“%s” is no incident", (text) => {
  expect(() => incidentKey(text)).toThrow("There is no such incident.");
});
