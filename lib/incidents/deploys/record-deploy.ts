import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { httpUrl } from "@/lib/checks/fields";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { moment } from "@/lib/metrics/sample";
import { notifyIncidents } from "../notify-incidents";
import { DEPLOY_FIELDS, type Deploy } from "./deploy";

const text = (most: number) => z.string().trim().max(most, `must have at most ${most} characters`);

export const recordDeployInput = z.strictObject({
  service: text(120).min(1, "is required").meta({
    description: "What was deployed. One that is named like a check is the likelier cause when that check fails.",
  }),
  version: text(120).default("").meta({ description: "A version, tag or commit." }),
  environment: text(120).default(""),
  description: text(1_000).default("").meta({ description: "Plain text." }),
  url: httpUrl.nullable().default(null).meta({ description: "Where it can be read about: a release, a pull request." }),
  at: moment.optional().meta({ description: "When; now where left out." }),
});

/** Clocks of programs may go ahead by so much. */
const CLOCKS_MS = 60_000;

/** Notes that something was deployed: a mark on charts, and a candidate for what caused an incident. @throws Problem forbidden, invalid */
export async function recordDeploy(context: Context, given: unknown): Promise<Deploy> {
  authorize(context.actor, "incidents:write");
  const { at = context.now(), ...input } = parseInput(recordDeployInput, given, "The deploy");
  const now = context.now();
  if (at.getTime() > now.getTime() + CLOCKS_MS) {
    const message = "must not be in the future: send it when it is deployed";
    throw new Problem("invalid", `The deploy is not valid: at: ${message}`, [{ path: "at", message }]);
  }
  const createdBy = "name" in context.actor ? context.actor.name : "somebody";
  return context.db.$transaction(async (tx) => {
    const row = await tx.deploy.create({ data: { ...input, at, createdBy, createdAt: now }, select: DEPLOY_FIELDS });
    await writeAudit(tx, context, {
      action: "deploy.record",
      subjectType: "deploy",
      subjectId: row.id,
      after: { ...input, at },
    });
    await notifyIncidents(tx);
    return row;
  });
}
