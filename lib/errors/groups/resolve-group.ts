import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { changeGroup, OPEN } from "./change-group";
import type { ErrorGroup } from "./group";

export const resolveGroupInput = z.strictObject({
  inNextRelease: z.boolean().default(false).meta({
    title: "In the next release",
    description: "Events of the release that it was last seen in, or of older ones, do not bring it back.",
  }),
});

/** It is mended: an event that happens from now on brings it back as regressed. @throws Problem forbidden, invalid, not-found */
export async function resolveGroup(
  context: Context,
  { id, ...given }: { id: string; inNextRelease?: boolean },
): Promise<ErrorGroup> {
  authorize(context.actor, "errors:write");
  const { inNextRelease } = parseInput(resolveGroupInput, given, "The resolution");
  return changeGroup(context, id, "error.resolve", ({ lastRelease }) => {
    if (inNextRelease && lastRelease === "") {
      const message = "its events name no release, so there is no next one";
      throw new Problem("invalid", `inNextRelease: ${message}`, [{ path: "inNextRelease", message }]);
    }
    return {
      ...OPEN,
      status: "resolved",
      resolvedAt: context.now(),
      resolvedAfter: inNextRelease ? lastRelease : null,
      regressedAt: null,
    };
  });
}

/** It is open again: neither resolved nor ignored. @throws Problem forbidden, not-found */
export async function reopenGroup(context: Context, { id }: { id: string }): Promise<ErrorGroup> {
  authorize(context.actor, "errors:write");
  return changeGroup(context, id, "error.reopen", () => OPEN);
}
