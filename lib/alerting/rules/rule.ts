import { z } from "zod";
import { Problem } from "@/lib/core/errors";
import { notFound } from "@/lib/core/parse-id";
import type { AlertRule, Prisma, PrismaClient } from "@/lib/db/generated/client";
import type { Severity } from "../severity";

/** A rule as it is shown. */
export interface Rule {
  id: string;
  key: string;
  label: string;
  /** `file`: from monitoring.config.ts, read-only but for pausing. */
  origin: "file" | "database";
  source: string;
  config: Record<string, unknown>;
  severity: Severity;
  forSeconds: number;
  keepFiringSeconds: number;
  /** null: that of monitoring.config.ts. */
  cooldownSeconds: number | null;
  /** Keys; empty: every channel. */
  channels: string[];
  labels: Record<string, string>;
  runbookUrl: string | null;
  /** Its alerts open an incident; null: those that are critical do. */
  opensIncident: boolean | null;
  pausedAt: Date | null;
  /** Why it could not be evaluated the last time. */
  problem: string | null;
  createdAt: Date;
}

const config = z.record(z.string(), z.unknown()).catch({});
const labels = z.record(z.string(), z.string()).catch({});

export function toRule(row: AlertRule): Rule {
  const { updatedAt: _updatedAt, ...rest } = row;
  return { ...rest, config: config.parse(row.config), labels: labels.parse(row.labels) };
}

/** What the audit keeps of a rule: what a person decides about it. */
export function auditedRule(row: AlertRule): object {
  const { id: _id, origin: _origin, createdAt: _createdAt, problem: _problem, ...rest } = toRule(row);
  return rest;
}

const uuid = z.uuid();

/** @throws Problem not-found */
export async function getRuleRow(db: PrismaClient | Prisma.TransactionClient, idOrKey: string): Promise<AlertRule> {
  const where = uuid.safeParse(idOrKey).success ? { id: idOrKey } : { key: idOrKey };
  const row = await db.alertRule.findUnique({ where });
  if (!row) throw notFound("rule");
  return row;
}

/** @throws Problem conflict for a rule of monitoring.config.ts */
export function assertRuleEditable(row: AlertRule): void {
  if (row.origin === "database") return;
  throw new Problem(
    "conflict",
    `"${row.label}" follows from monitoring.config.ts: change it there and restart. It can be paused here.`,
  );
}
