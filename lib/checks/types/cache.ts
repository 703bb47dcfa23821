import { performance } from "node:perf_hooks";
import { z } from "zod";
import { formatMs } from "@/lib/core/format";
import { NetworkFailure, failureSentence } from "@/lib/core/network-errors";
import { randomSecret } from "@/lib/core/secrets";
import { defineCheck } from "../define-check";
import { inOrder, responseTime } from "../fields";
import { type Finding, above, conclude, failed } from "../findings";
import { type CacheDriver, withMemory, withRedis } from "./cache-drivers";

const config = z
  .strictObject({
    url: z
      .string()
      .regex(/^rediss?:\/\/\S+$/, "must be a Redis connection string, like redis://user:password@host:6379")
      .refine(
        (value) => URL.canParse(value),
        "must be a connection string; special characters in a password are percent-encoded",
      )
      .optional()
      .meta({
        title: "Redis connection string",
        description: "redis://… or rediss://…; empty: REDIS_URL where that is set, else the cache in this process.",
        secret: true,
      }),
    ...responseTime("writing, reading and deleting a value", 200, 1_000),
  })
  .superRefine(inOrder(["responseTimeWarningMs", "responseTimeFailedMs"]));

export const cache = defineCheck({
  label: "Cache",
  description: "Writes a random value, reads it back and deletes it.",
  config,
  example: { url: "redis://watch:password@cache.example:6379", responseTimeWarningMs: 50 },
  run: async (options, { signal, env }) => {
    const url = options.url ?? env.REDIS_URL;
    const name = url === undefined ? "The cache in this process" : `Redis ${new URL(url).host}`;
    try {
      const measure = async (driver: CacheDriver) => {
        const probe = { key: `watchkeeper:check:${randomSecret(9)}`, value: randomSecret(9) };
        const start = performance.now();
        const finding = await roundTrip(name, driver, probe);
        return { finding, totalMs: performance.now() - start };
      };
      // In a process that has just started the first round is the time that code takes to be compiled, not the cache's.
      const measureWarm = async (driver: CacheDriver) => (await measure(driver), measure(driver));
      const { finding, totalMs } =
        url === undefined ? await withMemory(measureWarm) : await withRedis(url, signal, measure);
      const slow = above(
        totalMs,
        { warning: options.responseTimeWarningMs, failed: options.responseTimeFailedMs },
        (limit) => `${name} took ${formatMs(totalMs)} to write, read and delete (limit ${formatMs(limit)}).`,
      );
      return conclude([finding, slow], {
        shortSummary: finding ? "wrong value" : formatMs(totalMs),
        meta: { driver: url === undefined ? "memory" : "redis", roundTripMs: Math.round(totalMs * 100) / 100 },
      });
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      return {
        status: "failed",
        shortSummary: error.timedOut ? "timed out" : "no answer",
        message: failureSentence(name, error),
      };
    }
  },
});

async function roundTrip(
  name: string,
  { write, read, remove }: CacheDriver,
  { key, value }: { key: string; value: string },
): Promise<Finding | undefined> {
  await write(key, value);
  const found = await read(key);
  await remove(key);
  if (found !== value) return failed(`${name} did not give back what was written.`);
  if ((await read(key)) !== undefined) return failed(`${name} still has a value that was deleted.`);
  return undefined;
}
