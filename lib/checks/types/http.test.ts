import { describe, expect, test } from "vitest";
import { makeAuthority } from "@/lib/testing/certificates";
import { runType } from "@/lib/testing/run-type";
import { refusedPort, serveHttp, serveHttps, serveSilence, serveTcp } from "@/lib/testing/servers";
import { http } from "./http";

const authority = makeAuthority("Watchkeeper Test CA");

test("a page that answers is ok, with each phase measured", async () => {
  const server = await serveHttp((_request, response) => response.end("hello"));
  const answer = await runType(http, { url: `http://127.0.0.1:${server.port}/a?key=s3cret` });
  expect(answer).toMatchObject({ status: "ok", meta: { statusCode: 200, bodyBytes: 5 } });
  expect(answer.meta?.["phases"]).toEqual({
    dns: expect.any(Number),
    connect: expect.any(Number),
    tls: 0,
    firstByte: expect.any(Number),
    download: expect.any(Number),
  });
  await expect.poll(server.open).toBe(0);
});

test("method, headers and body are sent", async () => {
  const seen: unknown[] = [];
  const server = await serveHttp((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      seen.push({ method: request.method, key: request.headers["x-key"], body });
      response.writeHead(201).end();
    });
  });
  const url = `http://127.0.0.1:${server.port}/`;
  expect(await runType(http, { url, method: "POST", headers: { "X-Key": "k" }, body: "{}" })).toMatchObject({
    status: "ok",
  });
  expect(seen).toEqual([{ method: "POST", key: "k", body: "{}" }]);
});

test("a status that is not accepted fails, and the query with its keys is not told", async () => {
  const server = await serveHttp((_request, response) => response.writeHead(503).end());
  const url = `http://127.0.0.1:${server.port}/health?key=s3cret`;
  expect(await runType(http, { url })).toMatchObject({
    status: "failed",
    shortSummary: "503",
    message: `GET http://127.0.0.1:${server.port}/health?… answered 503 (accepted: 200-299).`,
  });
  expect(await runType(http, { url, acceptedStatuses: ["200", "500-599"] })).toMatchObject({ status: "ok" });
});

describe("the body", () => {
  const table: [title: string, body: string, config: object, message: string | undefined][] = [
    ["has the text", "all is well", { bodyContains: "well" }, undefined],
    ["lacks the text", "maintenance", { bodyContains: "well" }, 'answered without the text "well".'],
    ["has the value", '{"status":"ok","n":3}', { jsonPath: "status", jsonEquals: "ok" }, undefined],
    [
      "has another value",
      '{"status":"down"}',
      { jsonPath: "status", jsonEquals: "ok" },
      'status = "down" (expected ok).',
    ],
    ["has no value there", '{"a":1}', { jsonPath: "b.c" }, "without a value at b.c."],
    ["has some value there", '{"a":1}', { jsonPath: "a" }, undefined],
    ["is no JSON", "<html>", { jsonPath: "a" }, 'did not answer JSON: "<html>".'],
    ["is too long for JSON", `"${"x".repeat(3_000_000)}"`, { jsonPath: "a" }, "too long to be read as JSON."],
  ];
  test.each(table)("%s", async (_title, body, config, message) => {
    const server = await serveHttp((_request, response) => response.end(body));
    const answer = await runType(http, { url: `http://127.0.0.1:${server.port}/`, ...config });
    if (message === undefined) expect(answer.status).toBe("ok");
    else expect(answer).toMatchObject({ status: "failed", message: expect.stringContaining(message) });
  });

  test("a JSON value needs a path", () => {
    const parsed = http.config.safeParse({ url: "http://a.example/", jsonEquals: "ok" });
    expect(parsed.error?.issues[0]?.path).toEqual(["jsonPath"]);
  });
});

test("redirects are followed, counted and limited", async () => {
  const server = await serveHttp((request, response) => {
    const hops = Number(request.url?.slice(1));
    if (hops > 0) response.writeHead(302, { location: `/${hops - 1}` }).end();
    else response.end("there");
  });
  const url = `http://127.0.0.1:${server.port}/3`;
  expect(await runType(http, { url })).toMatchObject({ status: "ok", meta: { redirects: 3 } });
  expect(await runType(http, { url, maxRedirects: 2 })).toMatchObject({
    status: "failed",
    message: expect.stringContaining("too many redirects (limit 2)"),
  });
  expect(await runType(http, { url, maxRedirects: 0 })).toMatchObject({ status: "failed", shortSummary: "302" });
});

describe("servers that do not behave", () => {
  test.each([
    ["refuses", async () => refusedPort(), /failed: connection refused\.$/],
    ["never answers", async () => (await serveSilence()).port, /timed out after 0\.2 s while waiting for the answer/],
    ["hangs up", async () => (await serveTcp((socket) => void socket.end())).port, /failed: /],
    [
      "speaks something else",
      async () => (await serveTcp((socket) => void socket.end("SSH-2.0\r\n\r\n"))).port,
      /not valid HTTP/,
    ],
  ])("one that %s", async (_title, start, message) => {
    const url = `http://127.0.0.1:${await start()}/`;
    const answer = await runType(http, { url }, { timeoutMs: 200 });
    expect(answer).toMatchObject({ status: "failed", message: expect.stringMatching(message) });
  });

  test("one whose answer never ends is cut at the time-out", async () => {
    const server = await serveHttp((_request, response) => void response.write("a"));
    const answer = await runType(http, { url: `http://127.0.0.1:${server.port}/` }, { timeoutMs: 200 });
    expect(answer).toMatchObject({ status: "failed", shortSummary: "timed out" });
    await expect.poll(server.open).toBe(0);
  });
});

test("a slow answer is a warning above the first limit and a failure above the second", async () => {
  const server = await serveHttp((_request, response) => void setTimeout(() => response.end(), 30));
  const url = `http://127.0.0.1:${server.port}/`;
  expect(await runType(http, { url, responseTimeWarningMs: 10 })).toMatchObject({
    status: "warning",
    message: expect.stringMatching(/took [\d.]+ ms \(limit 10 ms\)\.$/),
  });
  expect(await runType(http, { url, responseTimeWarningMs: 10, responseTimeFailedMs: 20 })).toMatchObject({
    status: "failed",
  });
});

describe("certificates", () => {
  const ask = async (toDays: number, config: object = {}) => {
    const certificate = authority.issue({ hosts: ["127.0.0.1"], fromDays: -60, toDays });
    const server = await serveHttps(certificate, (_request, response) => response.end());
    return runType(http, { url: `https://127.0.0.1:${server.port}/`, caCertificate: authority.cert, ...config });
  };

  test("days left are told, and few are a warning", async () => {
    expect(await ask(60.5)).toMatchObject({ status: "ok", meta: { certificateDaysLeft: 60 } });
    expect(await ask(5.5)).toMatchObject({
      status: "warning",
      message: expect.stringMatching(/^The certificate of 127\.0\.0\.1:\d+ expires in 5 days \(limit 14\)\.$/),
    });
  });

  test("an expired one is refused, and shown where it need not be verified", async () => {
    expect(await ask(-3)).toMatchObject({ message: expect.stringContaining("the certificate has expired") });
    expect(await ask(-2.5, { verifyCertificate: false })).toMatchObject({
      status: "warning",
      message: expect.stringContaining("expired 3 days ago"),
    });
  });

  test("one of an unknown authority is refused", async () => {
    expect(await ask(60, { caCertificate: undefined })).toMatchObject({ status: "failed" });
  });
});

test.each([["ftp://a.example"], ["not a url"]])("%s is no URL to ask", (url) => {
  expect(http.config.safeParse({ url }).error?.issues[0]?.path).toEqual(["url"]);
});
