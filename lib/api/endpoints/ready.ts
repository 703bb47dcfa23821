import { z } from "zod";
import { defineEndpoint } from "../define-endpoint";
import { readReadiness } from "../readiness";

const part = z.object({ ok: z.boolean(), message: z.string().optional() });

export const ready = defineEndpoint({
  method: "GET",
  path: "/api/ready",
  scope: "public",
  tag: "Health",
  summary: "Is everything there: the database, its migrations, a worker?",
  description: "200 when all is there, else 503 with what is missing.",
  response: z.object({ ready: z.boolean(), database: part, migrations: part, worker: part }),
  handle: async (context) => {
    const readiness = await readReadiness(context);
    return Response.json(readiness, {
      status: readiness.ready ? 200 : 503,
      headers: readiness.ready ? {} : { "Retry-After": "5" },
    });
  },
});
