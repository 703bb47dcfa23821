import { expect, test } from "vitest";
import { equalSecrets, randomSecret, sha256 } from "./secrets";

test.each([
  ["a secret", "a secret", true],
  ["a secret", "another one", false],
  ["", "a secret", false],
  ["a secret", "a secret ", false],
])("%j is %j: %s", (given, expected, same) => {
  expect(equalSecrets(given, expected)).toBe(same);
});

test("sha256 is the standard's", () => {
  expect(sha256("abc").toString("hex")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("random secrets differ and are fit for an address or a header", () => {
  const secrets = new Set(Array.from({ length: 1_000 }, () => randomSecret()));
  expect(secrets.size).toBe(1_000);
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
});
