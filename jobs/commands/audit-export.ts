import { exportAudit } from "@/lib/access/export-audit";
import { defineCommand } from "./define-command";

export const auditExport = defineCommand({
  summary: "Prints the audit trail, the oldest entry first, as JSON lines with each entry's link.",
  usage: "",
  options: {},
  run: async ({ context, print }) => {
    for await (const entry of exportAudit(context)) print(JSON.stringify(entry));
    return 0;
  },
});
