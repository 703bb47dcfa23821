import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { notFound, parseId } from "@/lib/core/parse-id";
import { writeAudit } from "@/lib/access/audit";

/** A message that was given up is tried again, as the same one: who got it already gets it no second time. @throws Problem forbidden, not-found, conflict */
export async function sendAgain(context: Context, { id }: { id: string }): Promise<void> {
  authorize(context.actor, "alerts:write");
  const messageId = parseId(id, "message");
  const now = context.now();
  await context.db.$transaction(async (tx) => {
    const message = await tx.notificationMessage.findUnique({ where: { id: messageId }, include: { channel: true } });
    if (!message) throw notFound("message");
    if (message.channel.disabledAt)
      throw new Problem("conflict", `${message.channel.label} is off: switch it on first.`);
    // Counted from now: what was given up for its age has another day.
    const { count } = await tx.notificationMessage.updateMany({
      where: { id: messageId, status: "failed" },
      data: { status: "queued", nextAttemptAt: now, settledAt: now, lastError: null },
    });
    if (count === 0) throw new Problem("conflict", "This message did not fail: there is nothing to send again.");
    await tx.notification.updateMany({
      where: { status: "failed", messages: { some: { messageId } } },
      data: { status: "queued", reason: null },
    });
    await writeAudit(tx, context, { action: "message.send-again", subjectType: "message", subjectId: messageId });
  });
}
