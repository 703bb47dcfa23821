import type { Context } from "@/lib/core/context";
import { readScrubSettings } from "../scrub/scrub-settings";
import type { Destination } from "./find-key";
import { newPublicKey } from "./create-project";
import { BELIEVED_MS, projectCache } from "./project-cache";

const FIELDS = { id: true, name: true, quota: true, scrub: true } as const;

/** A project by its number or name, as senders name it; null when there is none. Asked of the database at most every 10 s. */
export async function findDestination(context: Context, named: string | number): Promise<Destination | null> {
  const { db } = context;
  const text = String(named).slice(0, 200);
  return projectCache(context).get(`project:${text}`, BELIEVED_MS, async () => {
    const id = /^\d{1,9}$/.test(text) ? Number(text) : undefined;
    const row =
      (id === undefined ? null : await db.project.findUnique({ where: { id }, select: FIELDS })) ??
      (await db.project.findUnique({ where: { name: text }, select: FIELDS }));
    return row && { ...row, scrub: readScrubSettings(row.scrub) };
  });
}

/** The project of this name, made if there is none. Nobody asked for it, so nobody is in the audit for it. */
export async function ensureProject(context: Context, name: string, platform = ""): Promise<Destination> {
  const existing = await findDestination(context, name);
  if (existing) return existing;
  const now = context.now();
  // Several processes may want it at once.
  const { id } = await context.db.project.upsert({
    where: { name },
    update: {},
    create: {
      name,
      platform,
      createdAt: now,
      updatedAt: now,
      keys: { create: { publicKey: newPublicKey(), label: "Default", createdAt: now } },
    },
    select: { id: true },
  });
  projectCache(context).clear("project:");
  const made = await findDestination(context, id);
  if (!made) throw new Error(`the project ${name} was deleted as it was made`);
  return made;
}
