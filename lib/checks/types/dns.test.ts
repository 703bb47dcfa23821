import type { Answer, RecordType } from "dns-packet";
import { expect, test } from "vitest";
import { serveDns } from "@/lib/testing/dns-server";
import { runType } from "@/lib/testing/run-type";
import { dns } from "./dns";
import { RECORD_TYPES, sameValue } from "./dns-records";

const name = "shop.example";

/** One record of each type, as a server sends it, and as a person writes it. */
const RECORDS: Record<(typeof RECORD_TYPES)[number], [answer: Answer, text: string]> = {
  A: [{ type: "A", name, data: "192.0.2.1" }, "192.0.2.1"],
  AAAA: [{ type: "AAAA", name, data: "2001:db8::1" }, "2001:DB8:0::1"],
  CAA: [{ type: "CAA", name, data: { flags: 0, tag: "issue", value: "ca.example" } }, '0 issue "ca.example"'],
  CNAME: [{ type: "CNAME", name, data: "www.shop.example" }, "www.shop.example."],
  MX: [{ type: "MX", name, data: { preference: 10, exchange: "mail.shop.example" } }, "10 mail.shop.example"],
  NS: [{ type: "NS", name, data: "ns1.shop.example" }, "NS1.shop.example"],
  PTR: [{ type: "PTR", name, data: "host.shop.example" }, "host.shop.example"],
  SOA: [
    {
      type: "SOA",
      name,
      data: {
        mname: "ns1.shop.example",
        rname: "root.shop.example",
        serial: 7,
        refresh: 1,
        retry: 1,
        expire: 1,
        minimum: 1,
      },
    },
    "ns1.shop.example root.shop.example 7",
  ],
  SRV: [
    { type: "SRV", name, data: { priority: 1, weight: 5, port: 5060, target: "sip.shop.example" } },
    "1 5 5060 sip.shop.example",
  ],
  TXT: [{ type: "TXT", name, data: "v=spf1 -all" }, "v=spf1 -all"],
};

const answers = (_name: string, type: RecordType) =>
  Object.values(RECORDS).flatMap(([answer]) => (answer.type === type ? [answer] : []));

test.each(RECORD_TYPES)("%s records are found and compared", async (recordType) => {
  const resolver = await serveDns(answers);
  const expected = [RECORDS[recordType][1]];
  expect(await runType(dns, { name, recordType, resolver, expected })).toMatchObject({ status: "ok" });
  expect(await runType(dns, { name, recordType, resolver, expected: ["other"] })).toMatchObject({
    status: "failed",
    message: expect.stringMatching(new RegExp(`^${recordType} of shop\\.example lacks other \\(found: `)),
  });
});

test.each([
  ["NXDOMAIN" as const, "A of shop.example failed: the name shop.example does not exist."],
  ["SERVFAIL" as const, "A of shop.example failed: the resolver reports a failure (SERVFAIL)."],
  [[] as Answer[], "A of shop.example failed: the name shop.example has no A record."],
])("an answer of %j is told in plain words", async (answer, message) => {
  const resolver = await serveDns(() => answer);
  expect(await runType(dns, { name, resolver })).toEqual({ status: "failed", shortSummary: "no record", message });
});

test("a resolver that says nothing: timed out after …", async () => {
  const resolver = await serveDns(() => undefined);
  expect(await runType(dns, { name, resolver }, { timeoutMs: 100 })).toMatchObject({
    status: "failed",
    shortSummary: "timed out",
    message: "A of shop.example timed out after 0.1 s while waiting for the resolver.",
  });
});

test("a slow resolver is a warning with the time and the limit", async () => {
  const resolver = await serveDns(answers);
  const answer = await runType(dns, { name, resolver, responseTimeWarningMs: 0.001 });
  expect(answer).toMatchObject({ status: "warning", message: expect.stringMatching(/took [\d.]+ ms \(limit 0 ms\)/) });
});

test.each(["192.0.2.53", "192.0.2.53:5353", "2001:db8::1", "[2001:db8::1]:53"])("%s names a resolver", (resolver) => {
  expect(dns.config.safeParse({ name, resolver }).success).toBe(true);
});

test.each(["resolver.example", "192.0.2", "192.0.2.53:port"])("%s names no resolver", (resolver) => {
  expect(dns.config.safeParse({ name, resolver }).error?.issues[0]?.path).toEqual(["resolver"]);
});

test("a cloud's metadata address is no resolver", async () => {
  expect(await runType(dns, { name, resolver: "169.254.169.254" })).toMatchObject({
    status: "failed",
    message: expect.stringContaining("always refused"),
  });
});

test("texts are compared exactly, names regardless of case", () => {
  expect(sameValue("TXT", "Abc", "abc")).toBe(false);
  expect(sameValue("CNAME", "WWW.example.", "www.example")).toBe(true);
  expect(sameValue("AAAA", "no address", "no address")).toBe(true);
});
