import type { CheckStatus } from "@/lib/checks/define-check";
import { type CheckRun, runHealthChecks } from "@/lib/checks/run-health-checks";
import { formatMs } from "@/lib/core/format";
import { defineCommand } from "./define-command";
import { formatTable } from "./format-table";

const EXIT_CODES: Record<CheckStatus, number> = { ok: 0, skipped: 0, warning: 1, failed: 2, crashed: 2 };

/** 0 when all is well, 1 with a warning, 2 with a failure: what the worst check says. Pure. */
export function exitCodeOf(statuses: readonly CheckStatus[]): number {
  return Math.max(0, ...statuses.map((status) => EXIT_CODES[status]));
}

function toJson({ key, label, type, status, shortSummary, message, meta, startedAt, durationMs }: CheckRun) {
  return { key, label, type, status, shortSummary, message, meta, startedAt: startedAt.toISOString(), durationMs };
}

export const healthCheck = defineCommand({
  summary:
    "Runs every check now and shows what each says; nothing is stored. Ends with 0 when all is well, 1 with a warning, 2 with a failure.",
  usage: "[--json]",
  options: { json: { type: "boolean", default: false } },
  failureCode: 2,
  run: async ({ context, print }, { json }) => {
    const runs = await runHealthChecks(context);
    const rows = runs.map((run) => [run.status, run.label, run.shortSummary, formatMs(run.durationMs), run.message]);
    print(
      json
        ? JSON.stringify({ items: runs.map(toJson) }, null, 2)
        : formatTable(["STATUS", "CHECK", "SUMMARY", "TOOK", "MESSAGE"], rows),
    );
    return exitCodeOf(runs.map((run) => run.status));
  },
});
