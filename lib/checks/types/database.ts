import { performance } from "node:perf_hooks";
import { z } from "zod";
import { formatBytes, formatCount, formatMs, formatPercent } from "@/lib/core/format";
import { NetworkFailure, failureSentence } from "@/lib/core/network-errors";
import { defineCheck } from "../define-check";
import { databaseUrl, inOrder, percent, responseTime } from "../fields";
import { above, conclude } from "../findings";
import { type PostgresSession, withPostgres } from "../postgres-session";

const gigabytes = z.number().positive("must be more than 0").optional();

const config = z
  .strictObject({
    url: databaseUrl.meta({
      title: "Connection string",
      description: "postgresql://user:password@host:5432/name; empty: the product's own database.",
      secret: true,
    }),
    connectionsWarningPercent: percent.default(80).meta({
      title: "Connections: warning above",
      description: "Percent of max_connections in use, on the whole server.",
    }),
    connectionsFailedPercent: percent.default(95).meta({
      title: "Connections: failed above",
      description: "Percent of max_connections in use, on the whole server.",
    }),
    sizeWarningGb: gigabytes.meta({ title: "Size: warning above", description: "Gigabytes of this database." }),
    sizeFailedGb: gigabytes.meta({ title: "Size: failed above", description: "Gigabytes of this database." }),
    ...responseTime("one query's round trip, connecting not counted", 500, 2_000),
  })
  .superRefine(
    inOrder(
      ["connectionsWarningPercent", "connectionsFailedPercent"],
      ["sizeWarningGb", "sizeFailedGb"],
      ["responseTimeWarningMs", "responseTimeFailedMs"],
    ),
  );

type DatabaseConfig = z.output<typeof config>;

export const database = defineCheck({
  label: "Database",
  description: "Connects to a PostgreSQL, measures a round trip, counts connections and looks at the size.",
  config,
  example: {
    url: "postgresql://watch:password@db.example:5432/shop",
    connectionsWarningPercent: 70,
    sizeFailedGb: 200,
  },
  run: async (options, { signal, sql }) => {
    try {
      return await withPostgres({ url: options.url, pool: sql }, signal, (session) => look(options, session));
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      const subject = options.url === undefined ? "The database" : `PostgreSQL ${new URL(options.url).host}`;
      return {
        status: "failed",
        shortSummary: error.timedOut ? "timed out" : "no connection",
        message: failureSentence(subject, error),
      };
    }
  },
});

/** numbackends and not pg_stat_activity: an ordinary role sees it for every database. */
const FACTS = `
  SELECT (SELECT sum(numbackends) FROM pg_stat_database)::int AS connections,
         current_setting('max_connections')::int AS "maxConnections",
         pg_database_size(current_database())::float8 AS "sizeBytes"`;

async function look(options: DatabaseConfig, { name, connectMs, query }: PostgresSession) {
  const start = performance.now();
  await query("SELECT 1");
  const roundTripMs = performance.now() - start;
  const [facts] = await query<{ connections: number; maxConnections: number; sizeBytes: number }>(FACTS);
  if (!facts) throw new Error("PostgreSQL answered a SELECT without a row");
  const { connections, maxConnections, sizeBytes } = facts;
  const connectionsPercent = (connections / maxConnections) * 100;
  const findings = [
    above(
      roundTripMs,
      { warning: options.responseTimeWarningMs, failed: options.responseTimeFailedMs },
      (limit) => `${name} took ${formatMs(roundTripMs)} for a round trip (limit ${formatMs(limit)}).`,
    ),
    above(
      connectionsPercent,
      { warning: options.connectionsWarningPercent, failed: options.connectionsFailedPercent },
      (limit) =>
        `${name} has ${formatCount(connections)} of ${formatCount(maxConnections)} connections in use, ` +
        `${formatPercent(connectionsPercent)} (limit ${formatPercent(limit)}).`,
    ),
    above(
      sizeBytes / 1e9,
      { warning: options.sizeWarningGb, failed: options.sizeFailedGb },
      (limit) => `${name} is ${formatBytes(sizeBytes)} large (limit ${formatBytes(limit * 1e9)}).`,
    ),
  ];
  return conclude(findings, {
    shortSummary: formatMs(roundTripMs),
    meta: {
      connectMs: Math.round(connectMs * 100) / 100,
      roundTripMs: Math.round(roundTripMs * 100) / 100,
      connections,
      maxConnections,
      sizeBytes,
    },
  });
}
