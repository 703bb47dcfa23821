import { createToken } from "@/lib/access/create-token";
import { SCOPES } from "@/lib/core/actor";
import { defineCommand } from "./define-command";

export const tokenCreate = defineCommand({
  summary: "Makes an API token, printed alone on one line: it is shown only now.",
  usage: `--name NAME --scope SCOPE [--scope SCOPE …]   (scopes: ${SCOPES.join(", ")}; admin stands for all)`,
  options: { name: { type: "string" }, scope: { type: "string", multiple: true, default: [] } },
  run: async ({ context, print }, { name, scope }) => {
    const scopes = scope.flatMap((text) => text.split(",")).filter(Boolean);
    const { token } = await createToken(context, { name, scopes });
    print(token);
    return 0;
  },
});
