import type { Prisma } from "@/lib/db/generated/client";
import type { Context } from "@/lib/core/context";
import type { Incident } from "./incident";

interface Entry {
  incidentId: string;
  /** Where left out, what a person wrote. */
  source?: string;
  ref?: string;
  status?: Incident["status"];
  message: string;
  link?: string;
  isPublic?: boolean;
  at?: Date;
}

/** Writes a line of an incident's timeline on behalf of the actor, in the transaction of what it tells. */
export async function writeEntry(
  tx: Prisma.TransactionClient,
  { actor, now }: Context,
  { at = now(), ...entry }: Entry,
): Promise<{ id: string }> {
  return tx.incidentUpdate.create({
    data: {
      ...entry,
      at,
      createdAt: now(),
      authorId: actor.kind === "user" ? actor.id : null,
      authorName: "name" in actor && actor.kind !== "system" ? actor.name : null,
    },
    select: { id: true },
  });
}
