import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { getChannelRow } from "../channels/channel-verbs";

/** Sends a test through a channel. A stand-in until the delivery comes. @throws Problem forbidden, not-found, unavailable */
export async function sendTest(context: Context, { id }: { id: string }): Promise<void> {
  authorize(context.actor, "admin");
  await getChannelRow(context.db, id);
  throw new Problem("unavailable", "Nothing can be sent yet.");
}
