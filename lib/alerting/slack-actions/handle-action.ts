import { z } from "zod";
import { type Context, asActor } from "@/lib/core/context";
import { isProblem } from "@/lib/core/errors";
import { acknowledgeAlert } from "../acknowledge-alert";
import { getAlert } from "../get-alert";
import { createSilence } from "../silences/silences";

const HOUR_MS = 3_600_000;

/** What Slack sends when somebody presses a button of a message (interaction type block_actions). */
const payload = z.object({
  type: z.literal("block_actions"),
  user: z.object({ id: z.string(), name: z.string().optional(), username: z.string().optional() }),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })).min(1),
});

/** Labels that tell an alert's subject from others: what a silence of it is made of. */
const OWN = ["rule", "check", "metric", "host", "path"] as const;

/**
 * Does what a pressed button says, as the person who pressed it; the messages then say so.
 * @returns a sentence for that person alone, where it could not be done
 */
export async function handleSlackAction(context: Context, given: unknown): Promise<string | undefined> {
  const parsed = payload.safeParse(given);
  if (!parsed.success) return undefined;
  const { user, actions } = parsed.data;
  const name = `${user.name ?? user.username ?? user.id} (Slack)`;
  const own = asActor(context, { kind: "external", name: name.slice(0, 120) });
  try {
    for (const { action_id: action, value: id = "" } of actions) {
      if (action === "watchkeeper_acknowledge") await acknowledgeAlert(own, { id });
      if (action === "watchkeeper_silence") await silence(own, id);
    }
    return undefined;
  } catch (error) {
    if (isProblem(error)) return error.message;
    throw error;
  }
}

async function silence(context: Context, id: string): Promise<void> {
  const { labels, subject } = await getAlert({ ...context, actor: { kind: "system", name: "watchkeeper" } }, { id });
  const matchers = OWN.flatMap((label) => {
    const value = labels[label];
    return value === undefined ? [] : [{ label, op: "=" as const, value }];
  });
  await createSilence(context, {
    matchers,
    comment: `${subject}: silenced for an hour from Slack`,
    endsAt: new Date(context.now().getTime() + HOUR_MS),
  });
}
