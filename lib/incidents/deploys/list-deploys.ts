import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Page, decodeCursor, page, toPage } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";
import { moment } from "@/lib/metrics/sample";
import { DEPLOY_FIELDS, type Deploy } from "./deploy";

export const listDeploysInput = z.strictObject({
  service: z.string().trim().max(120).optional().meta({ description: "Of this service only." }),
  environment: z.string().trim().max(120).optional(),
  from: moment.optional(),
  to: moment.optional(),
  ...page,
});

const keys = z.tuple([z.coerce.date(), z.uuid()]);

/** Deploys, the latest first. @throws Problem forbidden, invalid */
export async function listDeploys(
  context: Context,
  input: z.input<typeof listDeploysInput> = {},
): Promise<Page<Deploy>> {
  authorize(context.actor, "read");
  const { service, environment, from, to, limit, cursor } = parseInput(listDeploysInput, input, "The query");
  const [at, id] = cursor === undefined ? [] : decodeCursor(keys, cursor);
  const rows = await context.db.deploy.findMany({
    where: {
      AND: [
        service ? { service } : {},
        environment ? { environment } : {},
        { at: { ...(from && { gte: from }), ...(to && { lt: to }) } },
        at === undefined ? {} : { OR: [{ at: { lt: at } }, { at, id: { lt: id } }] },
      ],
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit + 1,
    select: DEPLOY_FIELDS,
  });
  return toPage(rows, limit, (row) => [row.at.toISOString(), row.id]);
}
