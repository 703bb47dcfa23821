import { expect, test } from "vitest";
import { reachabilityOf } from "./reachability";

test.each([
  [{ ready: true, database: { ok: true }, worker: { ok: true } }, "all"],
  [{ ready: false, database: { ok: true }, worker: { ok: false, message: "No worker was ever seen." } }, "all"],
  [{ ready: false, database: { ok: false, message: "The database cannot be reached." } }, "no-database"],
  [{}, "nothing"],
  [null, "nothing"],
  ["<html>", "nothing"],
])("%j: %s", (answer, reachable) => {
  expect(reachabilityOf(answer)).toBe(reachable);
});
