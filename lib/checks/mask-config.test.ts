import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MASK, maskConfig, unmaskConfig } from "./mask-config";

describe("maskConfig", () => {
  test.each([
    [
      "a URL's password",
      { url: "https://bob:s3cret@example.com/a?b=1" },
      { url: `https://bob:${MASK}@example.com/a?b=1` },
    ],
    [
      "a URL's secret parameters",
      { url: "https://example.com/?token=abc&page=2&apiKey=xyz" },
      { url: `https://example.com/?token=${MASK}&page=2&apiKey=${MASK}` },
    ],
    ["a URL without a secret", { url: "https://example.com:8443/a" }, { url: "https://example.com:8443/a" }],
    ["a URL with a user only", { url: "https://bob@example.com/" }, { url: "https://bob@example.com/" }],
    ["a password that breaks the URL", { url: "https://bob:s3/cret@example.com/" }, { url: MASK }],
    [
      "each header's value",
      { headers: { Authorization: "Bearer x", "X-Empty": "" } },
      { headers: { Authorization: MASK, "X-Empty": "" } },
    ],
    [
      "what is no secret stays",
      { method: "GET", maxRedirects: 3, verifyCertificate: true },
      { method: "GET", maxRedirects: 3, verifyCertificate: true },
    ],
  ])("%s", (_, config, masked) => {
    expect(maskConfig("http", config)).toEqual(masked);
  });

  test("of an unknown type everything is hidden", () => {
    expect(maskConfig("teapot", { a: "x", b: 1, c: ["y"] })).toEqual({ a: MASK, b: MASK, c: [MASK] });
  });

  test("no password of any URL comes through", () => {
    const word = fc.stringMatching(/^[a-z0-9]{6,20}$/);
    const url = fc.tuple(fc.constantFrom("http", "https", "postgres"), word, fc.stringMatching(/^[ -~]{4,20}$/), word);
    fc.assert(
      fc.property(url, ([scheme, user, password, host]) => {
        // Marked, so that finding it can't be a coincidence.
        const marked = `§${password}§`;
        expect(JSON.stringify(maskConfig("http", { url: `${scheme}://${user}:${marked}@${host}/path` }))).not.toContain(
          JSON.stringify(marked).slice(1, -1),
        );
      }),
    );
  });
});

describe("unmaskConfig", () => {
  const stored = {
    url: "https://bob:s3cret@example.com/a",
    headers: { Authorization: "Bearer x", Accept: "text/html" },
    method: "GET",
  };

  test("what comes back unchanged is what was stored", () => {
    expect(unmaskConfig("http", maskConfig("http", stored), stored)).toEqual({ config: stored, issues: [] });
  });

  test("what was typed anew is taken", () => {
    const changed = {
      ...maskConfig("http", stored),
      url: "https://bob:other@example.com/",
      headers: { Authorization: "Bearer y", Accept: MASK },
    };
    expect(unmaskConfig("http", changed, stored).config).toMatchObject({
      url: "https://bob:other@example.com/",
      headers: { Authorization: "Bearer y", Accept: "text/html" },
    });
  });

  test("a password does not go to another host, nor a header's value to another header", () => {
    const { issues } = unmaskConfig(
      "http",
      { url: `https://bob:${MASK}@evil.example/a`, headers: { "X-Other": MASK } },
      stored,
    );
    expect(issues.map((issue) => issue.path)).toEqual(["config.url", "config.headers"]);
  });
});
