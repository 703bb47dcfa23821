import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { notFound, parseId } from "@/lib/core/parse-id";
import { markdown } from "./incident-input";
import { notifyIncidents } from "./notify-incidents";

export const changeEntryInput = z.strictObject({
  isPinned: z.boolean().optional(),
  isPublic: z.boolean().optional().meta({ description: "Shown on the status page while the incident is public." }),
  annotation: z.string().trim().max(2_000, "must have at most 2,000 characters").nullable().optional(),
  message: markdown.min(1, "is required").optional().meta({ description: "Of an update that a person wrote." }),
});

/**
 * Pins a line of the timeline, shows it to the public or hides it, annotates it, or mends what a person wrote.
 * @param id the line's @throws Problem forbidden, invalid, not-found
 */
export async function changeEntry(
  context: Context,
  { id, ...given }: { id: string; [field: string]: unknown },
): Promise<void> {
  authorize(context.actor, "incidents:write");
  const change = parseInput(changeEntryInput, given, "The change");
  await context.db.$transaction(async (tx) => {
    const before = await tx.incidentUpdate.findUnique({ where: { id: parseId(id, "line of a timeline") } });
    if (!before) throw notFound("line of a timeline");
    if (change.message !== undefined && before.source !== "update") {
      const message = "what the product noted stays as it is: annotate it";
      throw new Problem("invalid", `message: ${message}`, [{ path: "message", message }]);
    }
    const { isPinned, isPublic, annotation, message } = before;
    await tx.incidentUpdate.update({
      where: { id: before.id },
      data: { ...change, ...(change.annotation === "" && { annotation: null }) },
    });
    await writeAudit(tx, context, {
      action: "incident.entry",
      subjectType: "incident",
      subjectId: before.incidentId,
      before: { entryId: before.id, isPinned, isPublic, annotation, message },
      after: { entryId: before.id, ...change },
    });
    await notifyIncidents(tx);
  });
}
