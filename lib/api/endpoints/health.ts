import { z } from "zod";
import { CHECK_STATUSES } from "@/lib/checks/define-check";
import type { Actor } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { equalSecrets } from "@/lib/core/secrets";
import { defineEndpoint } from "../define-endpoint";
import { readHealthReport, refreshHealth } from "../health-report";
import type { ApiRequest } from "../api-request";

const SECRET_HEADER = "oh-dear-health-check-secret";
const PULLER: Actor = { kind: "token", id: "health-secret", name: "Health secret", scopes: ["read"] };
/** As spatie/laravel-health sends it. */
const CACHE_CONTROL = "no-store, no-cache, must-revalidate, post-check=0, pre-check=0";

/** The secret header, or a token or session that may read. The words of the refusals are Oh Dear's. */
async function authenticate(context: Context, request: ApiRequest, standard: () => Promise<Actor>): Promise<Actor> {
  const secret = request.headers.get(SECRET_HEADER);
  if (secret !== null) {
    const expected = context.env.HEALTH_SECRET;
    if (expected === undefined || !equalSecrets(secret, expected)) throw new Problem("forbidden", "Incorrect secret");
    return PULLER;
  }
  const actor = await standard();
  if (actor.kind === "anonymous") throw new Problem("forbidden", "Secret header not set");
  return actor;
}

export const health = defineEndpoint({
  method: "GET",
  path: "/api/health",
  scope: "read",
  tag: "Health",
  summary: "All check results in the format of spatie/laravel-health and Oh Dear",
  description: `Needs the header \`${SECRET_HEADER}\` (HEALTH_SECRET) or a token. \`?fresh\` runs the checks first. Empty when no check ever had a result.`,
  query: z.object({
    fresh: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .meta({ description: "Whatever its value" }),
  }),
  response: z.object({
    finishedAt: z.int().meta({ description: "UNIX seconds" }),
    checkResults: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        notificationMessage: z.string(),
        shortSummary: z.string(),
        status: z.enum(CHECK_STATUSES),
        meta: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
  authenticate,
  handle: async (context, { query }) => {
    if (query.fresh !== undefined) await refreshHealth(context);
    const report = await readHealthReport(context);
    return new Response(report === null ? "" : JSON.stringify(report), {
      headers: { "Content-Type": "application/json", "Cache-Control": CACHE_CONTROL },
    });
  },
});
