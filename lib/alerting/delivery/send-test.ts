import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { writeAudit } from "@/lib/access/audit";
import { getChannelRow } from "../channels/channel-verbs";
import { getChannelType } from "../channels/registry";

/**
 * Sends a message through a channel that says it is a test, by the same path as an alert's. A channel that a failure switched
 * off is on again when it arrives. @throws Problem forbidden, not-found, invalid when a setting is missing
 */
export async function sendTest(context: Context, { id }: { id: string }): Promise<void> {
  authorize(context.actor, "admin");
  const now = context.now();
  await context.db.$transaction(async (tx) => {
    const channel = await getChannelRow(tx, id);
    const problem = getChannelType(channel.type).findProblem(channel.config, context.env);
    if (problem !== undefined) throw new Problem("invalid", problem);
    await tx.notification.create({
      data: { channelId: channel.id, kind: "test", severity: "info", createdAt: now, sendAfter: now },
    });
    await writeAudit(tx, context, { action: "channel.test", subjectType: "channel", subjectId: channel.id });
  });
}
