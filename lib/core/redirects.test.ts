import { describe, expect, test } from "vitest";
import { type Hop, displayUrl, nextHop } from "./redirects";

const hop = (url: string, overrides: Partial<Hop> = {}): Hop => ({
  url: new URL(url),
  method: "GET",
  headers: {},
  body: undefined,
  ...overrides,
});
const to = (location: string, status = 302) => ({ status, headers: { location } });
const first = hop("https://shop.example/a");

test.each([
  [200, "/b", 5],
  [304, "/b", 5],
  [302, undefined, 5],
  [302, "/b", 0],
])("status %d with location %s and %d redirects to follow is the answer", (status, location, max) => {
  expect(nextHop({ status, headers: location === undefined ? {} : { location } }, [first], max)).toBeUndefined();
});

test.each([
  ["/b?c=1", "https://shop.example/b?c=1"],
  ["//other.example/b", "https://other.example/b"],
  ["http://shop.example/", "http://shop.example/"],
])("%s leads to %s", (location, href) => {
  expect(nextHop(to(location), [first], 5)?.url.href).toBe(href);
});

test.each([
  [301, "POST", "GET"],
  [302, "POST", "GET"],
  [303, "PUT", "GET"],
  [303, "HEAD", "HEAD"],
  [302, "PUT", "PUT"],
  [307, "POST", "POST"],
  [308, "DELETE", "DELETE"],
])("after %d a %s becomes a %s, as in browsers", (status, method, then) => {
  const next = nextHop(to("/b", status), [hop("https://shop.example/a", { method, body: "x" })], 5);
  expect(next).toMatchObject({ method: then });
  expect(next?.body).toBe(then === method ? "x" : undefined);
});

describe("headers", () => {
  const headers = { Authorization: "Bearer s3cret", Cookie: "a=b", "X-Key": "k", Accept: "text/html" };
  const from = hop("https://shop.example/a", { headers });

  test("go along to the same origin", () => {
    expect(nextHop(to("/b"), [from], 5)?.headers).toEqual(headers);
  });

  test.each(["https://other.example/", "http://shop.example/", "https://shop.example:8443/"])(
    "that may hold secrets do not go to %s",
    (location) => {
      expect(nextHop(to(location), [from], 5)?.headers).toEqual({ Accept: "text/html" });
    },
  );
});

test.each(["ftp://shop.example/", "file:///etc/passwd", "http://"])("%s is nothing to follow", (location) => {
  expect(() => nextHop(to(location), [first], 5)).toThrow("it redirects to what is not an http address");
});

test("a loop is told with its addresses, without what may be secret in them", () => {
  const chain = [hop("https://me:s3cret@shop.example/a?key=s3cret"), hop("https://shop.example/b")];
  expect(() => nextHop(to("https://me:s3cret@shop.example/a?key=s3cret"), chain, 5)).toThrow(
    "it redirects in a loop: https://shop.example/a?… → https://shop.example/b → https://shop.example/a?…",
  );
});

test("too many are told with the limit", () => {
  const chain = [first, hop("https://shop.example/1"), hop("https://shop.example/2")];
  expect(nextHop(to("/3"), chain, 3)).toBeDefined();
  expect(() => nextHop(to("/3"), chain, 2)).toThrow("too many redirects (limit 2)");
});

test("an address is shown without user, password and query", () => {
  expect(displayUrl(new URL("http://me:s3cret@shop.example:81/a?b=c#d"))).toBe("http://shop.example:81/a?…");
});
