import { z } from "zod";
import { defineEndpoint } from "../define-endpoint";

export const live = defineEndpoint({
  method: "GET",
  path: "/api/live",
  scope: "public",
  tag: "Health",
  summary: "Is this process alive?",
  description: "Asks nothing but the process itself, so that a database that is away restarts no web process.",
  response: z.object({ status: z.literal("live") }),
  handle: async () => ({ status: "live" }),
});
