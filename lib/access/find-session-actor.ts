import { z } from "zod";
import type { Actor } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { BELIEVED_MS, accessState } from "./caches";

const uuid = z.uuid();

type UserActor = Extract<Actor, { kind: "user" }>;

/**
 * Who a session is, or null when it ended: the user is gone or disabled, or the password or role changed since.
 * Asked of the database at most every 10 s for a user; a change made in this process counts at once.
 */
export async function findSessionActor(
  context: Context,
  session: { userId: string; sessionVersion: number },
): Promise<UserActor | null> {
  const id = uuid.safeParse(session.userId);
  if (!id.success) return null;
  const user = await accessState(context).sessions.get(id.data, BELIEVED_MS, () =>
    context.db.user.findUnique({
      where: { id: id.data },
      select: { id: true, name: true, role: true, sessionVersion: true, disabledAt: true },
    }),
  );
  if (!user || user.disabledAt || user.sessionVersion !== session.sessionVersion) return null;
  return { kind: "user", id: user.id, name: user.name, role: user.role };
}
