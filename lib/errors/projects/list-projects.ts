import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { notFound } from "@/lib/core/parse-id";
import { PROJECT_FIELDS, type Project, parseProjectId, toProject } from "./project";

/** All projects by name. @throws Problem forbidden */
export async function listProjects(context: Context): Promise<Project[]> {
  authorize(context.actor, "read");
  const rows = await context.db.project.findMany({ orderBy: { name: "asc" }, select: PROJECT_FIELDS });
  return rows.map((row) => toProject(context, row));
}

/** @throws Problem forbidden, not-found */
export async function getProject(context: Context, { id }: { id: string | number }): Promise<Project> {
  authorize(context.actor, "read");
  const row = await context.db.project.findUnique({ where: { id: parseProjectId(id) }, select: PROJECT_FIELDS });
  if (!row) throw notFound("project");
  return toProject(context, row);
}
