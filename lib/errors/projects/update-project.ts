import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { notFound } from "@/lib/core/parse-id";
import { PROJECT_FIELDS, type Project, parseProjectId, projectFields, toProject } from "./project";
import { projectCache } from "./project-cache";
import { refuseTakenName } from "./taken-name";

export const updateProjectInput = z.strictObject({
  name: projectFields.name.optional(),
  platform: projectFields.platform.optional(),
  quota: projectFields.quota.optional(),
  scrub: projectFields.scrub.optional(),
});

/**
 * Changes what is given. Other processes go by the old settings for at most 10 s.
 * @throws Problem forbidden, invalid, not-found, conflict when the name is taken
 */
export async function updateProject(
  context: Context,
  { id: given, ...input }: { id: string | number; [field: string]: unknown },
): Promise<Project> {
  authorize(context.actor, "admin");
  const id = parseProjectId(given);
  const data = parseInput(updateProjectInput, input, "The project");
  const row = await refuseTakenName(
    context.db.$transaction(async (tx) => {
      const before = await tx.project.findUnique({ where: { id }, select: PROJECT_FIELDS });
      if (!before) throw notFound("project");
      const { keys: _, ...shown } = before;
      const subject = { subjectType: "project", subjectId: String(id) };
      await writeAudit(tx, context, { action: "project.update", ...subject, before: shown, after: data });
      return tx.project.update({ where: { id }, data: { ...data, updatedAt: context.now() }, select: PROJECT_FIELDS });
    }),
  );
  projectCache(context).clear();
  return toProject(context, row);
}
