import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { performance } from "node:perf_hooks";
import { z } from "zod";
import { refuseLiteral } from "@/lib/core/connection";
import { formatMs } from "@/lib/core/format";
import { NetworkFailure, codeOf, failureSentence, orEnded } from "@/lib/core/network-errors";
import { defineCheck } from "../define-check";
import { host, inOrder, responseTime } from "../fields";
import { above, conclude, failed } from "../findings";
import { READERS, RECORD_TYPES, sameValue } from "./dns-records";

const config = z
  .strictObject({
    name: host.meta({ title: "Name", description: "The name to look up." }),
    recordType: z.enum(RECORD_TYPES).default("A").meta({ title: "Record type" }),
    expected: z.array(z.string().trim().min(1)).default([]).meta({
      title: "Expected values",
      description: "Each must be among the answers: 192.0.2.1, or 10 mail.example.com for MX.",
    }),
    resolver: z
      .string()
      .trim()
      .refine(
        (value) => addressOf(value) !== undefined,
        "must be an address, with a port where it is not 53: 192.0.2.53 or 192.0.2.53:5353",
      )
      .optional()
      .meta({ title: "Resolver", description: "Address of the server to ask; empty: those of the worker's machine." }),
    ...responseTime("the answer", 1_000),
  })
  .superRefine(inOrder(["responseTimeWarningMs", "responseTimeFailedMs"]));

export const dns = defineCheck({
  label: "DNS",
  description: "Looks up a name's records and compares them with what is expected.",
  config,
  example: { name: "shop.example", recordType: "MX", expected: ["10 mail.shop.example"] },
  run: async (options, { signal, timeoutMs }) => {
    const { name, recordType, expected } = options;
    const subject = `${recordType} of ${name}`;
    const resolver = new Resolver({ timeout: Math.max(1_000, Math.floor(timeoutMs / 2)), tries: 2 });
    try {
      if (options.resolver !== undefined) {
        refuseLiteral(addressOf(options.resolver) ?? "");
        resolver.setServers([options.resolver]);
      }
      const start = performance.now();
      const values = await orEnded(READERS[recordType](resolver, name), signal, "waiting for the resolver");
      const totalMs = performance.now() - start;
      const missing = expected.filter((value) => !values.some((found) => sameValue(recordType, found, value)));
      const found = values.length === 0 ? "nothing" : values.join(", ");
      return conclude(
        [
          missing.length > 0 ? failed(`${subject} lacks ${missing.join(", ")} (found: ${found}).`) : undefined,
          above(
            totalMs,
            { warning: options.responseTimeWarningMs, failed: options.responseTimeFailedMs },
            (limit) => `${subject} took ${formatMs(totalMs)} (limit ${formatMs(limit)}).`,
          ),
        ],
        {
          shortSummary: formatMs(totalMs),
          meta: { responseTimeMs: Math.round(totalMs * 100) / 100, values: values.slice(0, 20) },
        },
      );
    } catch (error) {
      const failure = error instanceof NetworkFailure ? error : resolverFailure(error, name, recordType);
      if (!failure) throw error;
      return {
        status: "failed",
        shortSummary: failure.timedOut ? "timed out" : "no record",
        message: failureSentence(subject, failure),
      };
    } finally {
      resolver.cancel();
    }
  },
});

/** The codes of c-ares in plain words. @returns undefined for what is not the resolver's word */
function resolverFailure(error: unknown, name: string, recordType: string): NetworkFailure | undefined {
  const causes: Record<string, string> = {
    ENOTFOUND: `the name ${name} does not exist`,
    ENODATA: `the name ${name} has no ${recordType} record`,
    ESERVFAIL: "the resolver reports a failure (SERVFAIL)",
    EREFUSED: "the resolver refuses to answer (REFUSED)",
    ECONNREFUSED: "connection refused by the resolver",
    ETIMEOUT: "the resolver did not answer",
    ETIMEDOUT: "the resolver did not answer",
    EBADRESP: "the resolver's answer is malformed",
    EFORMERR: "the resolver finds the question malformed",
    EBADNAME: `${name} is not a valid name`,
    ENOTIMP: `the resolver does not know ${recordType} records`,
  };
  const cause = causes[codeOf(error) ?? ""];
  return cause === undefined ? undefined : new NetworkFailure(cause, false, { cause: error });
}

/** "192.0.2.53", "192.0.2.53:5353", "[2001:db8::1]:5353" → the address; undefined for anything else. */
function addressOf(server: string): string | undefined {
  const address = isIP(server) === 0 ? server.replace(/:\d{1,5}$/, "").replace(/^\[(.*)\]$/, "$1") : server;
  return isIP(address) === 0 ? undefined : address;
}
