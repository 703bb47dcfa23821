import { may } from "@/lib/core/actor";
import { processChanges } from "@/lib/core/changes";
import { Problem } from "@/lib/core/errors";
import { defineEndpoint } from "../define-endpoint";
import { createEventStream } from "../event-stream";

export const streamChanges = defineEndpoint({
  method: "GET",
  path: "/api/v1/stream",
  scope: "read",
  tag: "Changes",
  summary: "What changed, as server-sent events",
  description:
    "Events named `change` with the data `{ topic, flip? }`; the topic is checks, metrics, incidents, worker, or all when changes may have been missed.",
  handle: async (_context, { request, findActor }) => {
    const changes = processChanges();
    if (!changes) throw new Problem("unavailable", "This process does not hear of changes.");
    const isAllowed = async () => {
      const actor = await findActor();
      return actor !== null && may(actor, "read");
    };
    return new Response(createEventStream(changes, { signal: request.signal, isAllowed }), {
      headers: {
        "Content-Type": "text/event-stream",
        "Cache-Control": "no-store, no-transform",
        "X-Accel-Buffering": "no",
      },
    });
  },
});
