import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { returnPath } from "./return-path";

describe("returnPath", () => {
  test.each([
    ["/checks?state=failed#list", "/checks?state=failed#list"],
    ["/", "/"],
    ["https://evil.example/", "/"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["/a/..//evil.example", "/"],
    ["javascript:alert(1)", "/"],
    ["checks", "/"],
    ["", "/"],
    ["/sign-in?callbackUrl=/checks", "/"],
    ["/api/auth/signout", "/"],
    [undefined, "/"],
    [["/checks"], "/"],
  ])("%j leads to %s", (wanted, path) => {
    expect(returnPath(wanted)).toBe(path);
  });

  test("never leaves the site, whatever is asked for", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.stringMatching(/^[/\\.\t\n a-z:@?#%]{0,12}$/).map((text) => `/${text}`),
    );
    fc.assert(
      fc.property(hostile, (wanted) => {
        expect(new URL(returnPath(wanted), "http://site.example").host).toBe("site.example");
      }),
      { numRuns: 1_000 },
    );
  });
});
