import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { notFound } from "@/lib/core/parse-id";
import { PROJECT_FIELDS, parseProjectId } from "./project";
import { projectCache } from "./project-cache";

/** Deletes a project with its keys, errors and logs. @throws Problem forbidden, not-found */
export async function deleteProject(context: Context, { id: given }: { id: string | number }): Promise<void> {
  authorize(context.actor, "admin");
  const id = parseProjectId(given);
  await context.db.$transaction(async (tx) => {
    const before = await tx.project.findUnique({ where: { id }, select: PROJECT_FIELDS });
    if (!before) throw notFound("project");
    const { keys: _, ...shown } = before;
    // Groups first: a batch that is being written holds locks on them, and finds none of them afterwards.
    await tx.project.delete({ where: { id } });
    // These have no foreign key (one would cost a look-up for each event).
    await tx.$executeRaw`DELETE FROM error_events WHERE project_id = ${id}`;
    await tx.$executeRaw`DELETE FROM log_lines WHERE project_id = ${id}`;
    const subject = { subjectType: "project", subjectId: String(id) };
    await writeAudit(tx, context, { action: "project.delete", ...subject, before: shown });
    await tx.$executeRaw`SELECT pg_notify('watchkeeper', '{"topic":"errors"}')`;
  });
  projectCache(context).clear();
}
