import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { fits } from "../matchers";
import type { Silence } from "./silences";

const MOST_ALERTS = 2_000;
const labels = z.record(z.string(), z.coerce.string()).catch({});

/**
 * How many of the alerts that fire now each silence fits: one with a slip in its matchers fits none. Of a large outage the
 * first 2,000 are looked at.
 * @throws Problem forbidden
 */
export async function countFitting(
  context: Context,
  silences: readonly Pick<Silence, "id" | "matchers">[],
): Promise<ReadonlyMap<string, number>> {
  authorize(context.actor, "read");
  if (silences.length === 0) return new Map();
  const { rows } = await context.sql.query<{ labels: unknown }>(
    `SELECT labels FROM alerts WHERE open_fingerprint IS NOT NULL AND state = 'firing' ORDER BY pending_since LIMIT ${MOST_ALERTS}`,
  );
  const firing = rows.map((row) => labels.parse(row.labels));
  return new Map(silences.map(({ id, matchers }) => [id, firing.filter((own) => fits(own, matchers)).length]));
}
