import { randomBytes } from "node:crypto";
import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { refuseTakenName } from "./taken-name";
import { PROJECT_FIELDS, type Project, projectFields, toProject } from "./project";

export const createProjectInput = z.strictObject({
  name: projectFields.name,
  platform: projectFields.platform.default(""),
  quota: projectFields.quota.default(null),
  scrub: projectFields.scrub.prefault({}),
});

/** Makes a project with its first key. @throws Problem forbidden, invalid, conflict when the name is taken */
export async function createProject(context: Context, input: unknown): Promise<Project> {
  authorize(context.actor, "admin");
  const data = parseInput(createProjectInput, input, "The project");
  const now = context.now();
  const row = await refuseTakenName(
    context.db.$transaction(async (tx) => {
      const created = await tx.project.create({
        data: {
          ...data,
          createdAt: now,
          updatedAt: now,
          keys: { create: { publicKey: newPublicKey(), label: "Default", createdAt: now } },
        },
        select: PROJECT_FIELDS,
      });
      const subject = { subjectType: "project", subjectId: String(created.id) };
      await writeAudit(tx, context, { action: "project.create", ...subject, after: data });
      return created;
    }),
  );
  return toProject(context, row);
}

/** 32 hex digits: the form that every SDK takes. */
export const newPublicKey = (): string => randomBytes(16).toString("hex");
