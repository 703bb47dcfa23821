import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { changeGroup, OPEN } from "./change-group";
import type { ErrorGroup } from "./group";

export const ignoreGroupInput = z.strictObject({
  until: z.coerce
    .date("must be a time")
    .optional()
    .meta({ title: "Until", description: "The first event from then on opens it again." }),
  events: z
    .int()
    .min(1, "must be at least 1")
    .max(1_000_000_000)
    .optional()
    .meta({ title: "Until so many more events", description: "Then it is open again." }),
});

/** Nobody wants to hear of it: for good, until a time or until so many more events. @throws Problem forbidden, invalid, not-found */
export async function ignoreGroup(
  context: Context,
  { id, ...given }: { id: string; until?: Date | string; events?: number },
): Promise<ErrorGroup> {
  authorize(context.actor, "errors:write");
  const { until, events } = parseInput(ignoreGroupInput, given, "The request");
  if (until && until <= context.now()) {
    const message = "must lie ahead";
    throw new Problem("invalid", `until: ${message}`, [{ path: "until", message }]);
  }
  return changeGroup(context, id, "error.ignore", ({ eventCount }) => ({
    ...OPEN,
    status: "ignored",
    ignoredUntil: until ?? null,
    ignoredUntilCount: events === undefined ? null : eventCount + events,
  }));
}
