import type { PoolClient, Pool } from "pg";
import { storedConfig } from "@/lib/checks/stored-config";
import type { Severity } from "./severity";

/** A rule as it is evaluated. */
export interface EvaluatedRule {
  id: string;
  key: string;
  label: string;
  source: string;
  config: unknown;
  severity: Severity;
  forSeconds: number;
  keepFiringSeconds: number;
  cooldownSeconds: number;
  channels: string[];
  labels: Record<string, string>;
  runbookUrl: string | null;
  problem: string | null;
}

const READ = `
  SELECT id, key, label, source, config::text AS config, severity, for_seconds AS "forSeconds", keep_firing_seconds AS "keepFiringSeconds",
    coalesce(cooldown_seconds, $1) AS "cooldownSeconds", channels, labels, runbook_url AS "runbookUrl", problem
  FROM alert_rules WHERE paused_at IS NULL AND ($2::text[] IS NULL OR source = ANY($2))`;

/**
 * The rules that are to be evaluated; the same stored config is the same object each time.
 * @param cooldownSeconds of rules without their own @param sources only of these kinds; all where left out
 */
export async function readRules(
  sql: Pool | PoolClient,
  cooldownSeconds: number,
  sources?: readonly string[],
): Promise<EvaluatedRule[]> {
  const { rows } = await sql.query<EvaluatedRule & { config: string }>({
    name: "alerting-rules",
    text: READ,
    values: [cooldownSeconds, sources ?? null],
  });
  return rows.map((row) => ({ ...row, config: storedConfig(row.config) }));
}
