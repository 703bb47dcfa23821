import { adminCreate } from "./admin-create";
import { auditExport } from "./audit-export";
import { auditVerify } from "./audit-verify";
import type { Command } from "./define-command";
import { demoSeed } from "./demo-seed";
import { healthCheck } from "./health-check";
import { metricsAnomalies } from "./metrics-anomalies";
import { tokenCreate } from "./token-create";

/** Every command, by the name that `node .build/cli.js NAME` takes. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ["health-check", healthCheck],
  ["admin-create", adminCreate],
  ["token-create", tokenCreate],
  ["audit-verify", auditVerify],
  ["audit-export", auditExport],
  ["demo-seed", demoSeed],
  ["metrics-anomalies", metricsAnomalies],
]);
