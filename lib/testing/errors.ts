import { randomUUID } from "node:crypto";
import { SYSTEM } from "@/lib/core/actor";
import { asActor, type Context } from "@/lib/core/context";
import { normaliseEvent } from "@/lib/errors/normalise/normalise-event";
import { createProject } from "@/lib/errors/projects/create-project";
import { DEFAULT_SCRUB } from "@/lib/errors/scrub/scrub-settings";
import { storeEvents } from "@/lib/errors/store/store-events";

/** A project with a key. */
export const makeProject = (context: Context, more: object = {}) =>
  createProject(asActor(context, SYSTEM), { name: `Project ${randomUUID()}`, ...more });

/** The public key of a DSN. */
export const keyOf = ({ dsn }: { dsn: string | null }): string => new URL(dsn ?? "").username;

/** A thrown error as an SDK sends it; one function is one group. */
export const thrown = (inFunction: string, more: object = {}) => ({
  platform: "node",
  exception: {
    values: [
      {
        type: "TypeError",
        value: `broke in ${inFunction}`,
        stacktrace: { frames: [{ filename: "/srv/shop/dist/shop.js", function: inFunction, lineno: 7, in_app: true }] },
      },
    ],
  },
  ...more,
});

/** Stores events as a receiver does, and answers what became of each. */
export async function send(context: Context, project: { id: number }, ...payloads: object[]) {
  const events = payloads.map((payload) => {
    const event = normaliseEvent(payload, { now: context.now() });
    if (!event) throw new Error("it is no event");
    return event;
  });
  return storeEvents(context, { id: project.id, scrub: DEFAULT_SCRUB }, events);
}

/** Sends one event and answers the id of its group. */
export async function sendOne(context: Context, project: { id: number }, payload: object): Promise<string> {
  const [outcome] = await send(context, project, payload);
  if (!outcome?.groupId) throw new Error(`it was not stored: ${JSON.stringify(outcome)}`);
  return outcome.groupId;
}
