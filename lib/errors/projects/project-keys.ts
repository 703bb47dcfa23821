import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { notFound, parseId } from "@/lib/core/parse-id";
import { newPublicKey } from "./create-project";
import { getProject } from "./list-projects";
import { type Project, parseProjectId } from "./project";
import { projectCache } from "./project-cache";

export const createKeyInput = z.strictObject({
  label: z.string().trim().max(120, "must have at most 120 characters").default("").meta({ title: "Label" }),
});

/** Makes another key: to rotate one, make the new, set the programs up with it, revoke the old. @throws Problem forbidden, invalid, not-found */
export async function createKey(
  context: Context,
  { id: given, ...input }: { id: string | number; label?: string },
): Promise<Project> {
  authorize(context.actor, "admin");
  const id = parseProjectId(given);
  const { label } = parseInput(createKeyInput, input, "The key");
  await context.db.$transaction(async (tx) => {
    if (!(await tx.project.findUnique({ where: { id }, select: { id: true } }))) throw notFound("project");
    const key = await tx.projectKey.create({
      data: { projectId: id, label, publicKey: newPublicKey(), createdAt: context.now() },
      select: { id: true },
    });
    await writeAudit(tx, context, {
      action: "project.key.create",
      subjectType: "project",
      subjectId: String(id),
      after: { keyId: key.id, label },
    });
  });
  return getProject(context, { id });
}

/** From then on nothing is taken with this key; again changes nothing. @throws Problem forbidden, not-found */
export async function revokeKey(context: Context, { id: given }: { id: string }): Promise<void> {
  authorize(context.actor, "admin");
  const id = parseId(given, "key");
  await context.db.$transaction(async (tx) => {
    const key = await tx.projectKey.findUnique({ where: { id }, select: { projectId: true, label: true } });
    if (!key) throw notFound("key");
    const { count } = await tx.projectKey.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: context.now() },
    });
    if (count === 0) return;
    await writeAudit(tx, context, {
      action: "project.key.revoke",
      subjectType: "project",
      subjectId: String(key.projectId),
      before: { keyId: id, label: key.label },
    });
  });
  projectCache(context).clear();
}
