import { expect, test } from "vitest";
import { makeAuthority } from "@/lib/testing/certificates";
import { runType } from "@/lib/testing/run-type";
import { refusedPort, serveHttps, serveSilence, serveTcp } from "@/lib/testing/servers";
import { tls } from "./tls";

const authority = makeAuthority("Watchkeeper Test CA");
const host = "127.0.0.1";

async function look(issued: Parameters<typeof authority.issue>[0], config: object = {}) {
  const server = await serveHttps(authority.issue(issued), (_request, response) => response.end());
  return runType(tls, { host, port: server.port, caCertificate: authority.cert, ...config });
}

test("a good certificate is ok and tells its days", async () => {
  expect(await look({ hosts: [host], toDays: 60.5 })).toMatchObject({
    status: "ok",
    shortSummary: "60 days left",
    meta: { daysLeft: 60 },
  });
});

test.each([
  [10.5, "warning", /expires in 10 days, on \d{4}-\d\d-\d\d \(limit 14 days; issued by Watchkeeper Tests/],
  [1.5, "failed", /expires in 1 days, on .*limit 3 days/],
  [-2.5, "failed", /expired on \d{4}-\d\d-\d\d, 3 days ago/],
])("%d days left: %s", async (toDays, status, message) => {
  const answer = await look({ hosts: [host], fromDays: -30, toDays });
  expect(answer).toMatchObject({ status, message: expect.stringMatching(message) });
});

test("a certificate of the future is refused with the day from which it counts", async () => {
  expect(await look({ hosts: [host], fromDays: 3, toDays: 90 })).toMatchObject({
    status: "failed",
    message: expect.stringContaining("is valid only from"),
  });
});

test("a certificate for other hosts names them", async () => {
  const hosts = ["a.example", "b.example", "c.example", "d.example", "e.example", "f.example"];
  expect(await look({ hosts })).toMatchObject({
    status: "failed",
    message: expect.stringContaining(
      "is for a.example, b.example, c.example, d.example, e.example and 1 more, not for 127.0.0.1",
    ),
  });
});

test("the host name can be another than the address", async () => {
  expect(await look({ hosts: ["shop.example"] }, { serverName: "shop.example" })).toMatchObject({ status: "ok" });
});

test("an authority that nobody trusts breaks the chain", async () => {
  expect(await look({ hosts: [host] }, { caCertificate: undefined })).toMatchObject({
    status: "failed",
    message: expect.stringMatching(/^The chain of TLS 127\.0\.0\.1:\d+ is not valid: /),
  });
});

test("a port that speaks no TLS says so", async () => {
  const server = await serveTcp((socket) => void socket.end("220 plain text, no TLS here\r\n"));
  expect(await runType(tls, { host, port: server.port })).toMatchObject({
    status: "failed",
    message: expect.stringContaining("does not speak TLS"),
  });
});

test("refused and silent servers are told apart", async () => {
  const port = await refusedPort();
  expect(await runType(tls, { host, port })).toMatchObject({ shortSummary: "no connection" });
  const silent = await serveSilence();
  expect(await runType(tls, { host, port: silent.port }, { timeoutMs: 100 })).toMatchObject({
    status: "failed",
    shortSummary: "timed out",
    message: expect.stringContaining("timed out after 0.1 s while"),
  });
});

test("limits in the wrong order are refused with the field's name", () => {
  const parsed = tls.config.safeParse({ host, warningDays: 3, failedDays: 14 });
  expect(parsed.error?.issues[0]).toMatchObject({ path: ["warningDays"] });
});
