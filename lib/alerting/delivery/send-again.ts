import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { notFound, parseId } from "@/lib/core/parse-id";

/** Tries a message anew that failed for good. A stand-in until the delivery comes. @throws Problem forbidden, not-found, unavailable */
export async function sendAgain(context: Context, { id }: { id: string }): Promise<void> {
  authorize(context.actor, "alerts:write");
  const row = await context.db.notificationMessage.findUnique({ where: { id: parseId(id, "message") } });
  if (!row) throw notFound("message");
  throw new Problem("unavailable", "Nothing can be sent yet.");
}
