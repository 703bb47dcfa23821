import { z } from "zod";
import { httpUrl } from "@/lib/checks/fields";
import { defineChannel, DeliveryFailure } from "./define-channel";

/** A stand-in until the channels come: it has the form's fields, and sends nothing. */
export const webhook = defineChannel({
  label: "Webhook",
  description: "Posts what Alertmanager posts, signed, to an address of yours.",
  config: z.strictObject({
    url: httpUrl.meta({ title: "URL", description: "Where it is posted to." }),
    secret: z.string().max(500).optional().meta({
      title: "Secret",
      description: "Signs each post, so that the receiver knows it is from here.",
      secret: true,
    }),
  }),
  example: { url: "https://hooks.example.com/watchkeeper" },
  findProblem: () => undefined,
  listTargets: ({ url }) => [url],
  send: async () => {
    throw new DeliveryFailure("Nothing is sent yet.", { kind: "retry" });
  },
});
