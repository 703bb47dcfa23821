import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { notFound, parseId } from "@/lib/core/parse-id";

const input = z.object({ id: z.string(), expected: z.boolean() });

/**
 * Says that an anomaly was expected (a planned load test, say), or takes that back: an expected one is no mark on a chart
 * and alerts nobody. @throws Problem forbidden, invalid, not-found
 */
export async function markAnomaly(context: Context, given: z.input<typeof input>): Promise<void> {
  authorize(context.actor, "metrics:write");
  const { expected, ...reference } = parseInput(input, given, "The anomaly");
  const id = parseId(reference.id, "anomaly");
  const by = "name" in context.actor ? context.actor.name : null;
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.metricAnomaly.updateMany({
      where: { id },
      data: expected ? { expectedAt: context.now(), expectedBy: by } : { expectedAt: null, expectedBy: null },
    });
    if (count === 0) throw notFound("anomaly");
    await writeAudit(tx, context, {
      action: expected ? "anomaly.expect" : "anomaly.unexpect",
      subjectType: "anomaly",
      subjectId: id,
    });
  });
}
