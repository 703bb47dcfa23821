import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { changeGroup } from "./change-group";
import type { ErrorGroup } from "./group";

export const assignGroupInput = z.strictObject({
  assigneeId: z.uuid("must be the id of a user").nullable().meta({ title: "Assignee", description: "null: nobody." }),
});

/** Says who looks after it. @throws Problem forbidden, invalid, not-found */
export async function assignGroup(
  context: Context,
  { id, ...given }: { id: string; assigneeId: string | null },
): Promise<ErrorGroup> {
  authorize(context.actor, "errors:write");
  const { assigneeId } = parseInput(assignGroupInput, given, "The assignment");
  return changeGroup(context, id, "error.assign", async (_, tx) => {
    const user = assigneeId === null ? null : await tx.user.findUnique({ where: { id: assigneeId } });
    if (assigneeId !== null && !user) throw unknown("assigneeId", "there is no such user");
    return { assigneeId };
  });
}

export const linkIncidentInput = z.strictObject({
  incidentId: z
    .uuid("must be the id of an incident")
    .nullable()
    .meta({ title: "Incident", description: "null: none." }),
});

/** Says which incident it belongs to. @throws Problem forbidden, invalid, not-found */
export async function linkGroupIncident(
  context: Context,
  { id, ...given }: { id: string; incidentId: string | null },
): Promise<ErrorGroup> {
  authorize(context.actor, "errors:write");
  const { incidentId } = parseInput(linkIncidentInput, given, "The link");
  return changeGroup(context, id, "error.link-incident", async (_, tx) => {
    const incident = incidentId === null ? null : await tx.incident.findUnique({ where: { id: incidentId } });
    if (incidentId !== null && !incident) throw unknown("incidentId", "there is no such incident");
    return { incidentId };
  });
}

const unknown = (path: string, message: string) => new Problem("invalid", `${path}: ${message}`, [{ path, message }]);
