import { isDeepStrictEqual } from "node:util";
import type { Context } from "@/lib/core/context";
import { toStoredJson } from "@/lib/checks/stored-json";
import type { Prisma } from "@/lib/db/generated/client";
import { findChannelType } from "./channels/registry";
import { defaultRules } from "./default-rules";

/** Begins the reason of a channel that was never set up, so that setting it up switches it on. */
export const NOT_SET_UP = "not set up: ";

/**
 * Brings the rules and channels of monitoring.config.ts into the database, as lib/checks/sync-file-checks.ts does with the
 * checks: new and changed ones are written, those that left the file are deleted, alerts stay. A channel of the file that
 * lacks a setting is off and says which; once that is there it is on. Safe with several processes at a time.
 */
export async function syncFileAlerting(context: Context): Promise<void> {
  await context.db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('watchkeeper.file-alerting'))`;
    await syncRules(context, tx);
    await syncChannels(context, tx);
  });
}

async function syncRules({ config, log }: Context, tx: Prisma.TransactionClient): Promise<void> {
  const wanted = { ...defaultRules(config), ...config.rules };
  const rows = await tx.alertRule.findMany({
    where: { OR: [{ origin: "file" }, { key: { in: Object.keys(wanted) } }] },
  });
  const byKey = new Map(rows.map((row) => [row.key, row]));
  for (const [key, rule] of Object.entries(wanted)) {
    const stored = byKey.get(key);
    const { cooldownSeconds = null, runbookUrl = null, opensIncident = null, ...rest } = rule;
    const data = { ...rest, cooldownSeconds, runbookUrl, opensIncident, config: toStoredJson(rule.config) };
    if (stored?.origin === "database")
      log.error(
        { rule: key },
        "this key of monitoring.config.ts is taken by a rule made in the dashboard; rename one of them",
      );
    else if (!stored) await tx.alertRule.create({ data: { ...data, key, origin: "file" } });
    else if (!isDeepStrictEqual({ ...stored, ...data }, stored))
      await tx.alertRule.update({ where: { id: stored.id }, data });
  }
  const gone = rows.filter(({ origin, key }) => origin === "file" && !(key in wanted)).map(({ id }) => id);
  if (gone.length > 0) await tx.alertRule.deleteMany({ where: { id: { in: gone } } });
}

async function syncChannels(context: Context, tx: Prisma.TransactionClient): Promise<void> {
  const { config, env, log } = context;
  const wanted = config.channels;
  const rows = await tx.alertChannel.findMany({
    where: { OR: [{ origin: "file" }, { key: { in: Object.keys(wanted) } }] },
  });
  const byKey = new Map(rows.map((row) => [row.key, row]));
  for (const [key, channel] of Object.entries(wanted)) {
    const stored = byKey.get(key);
    const type = findChannelType(channel.type);
    const problem = type ? type.findProblem(channel.config, env) : `There is no kind of channel "${channel.type}".`;
    const wasNeverOn = stored === undefined || (stored.disabledReason?.startsWith(NOT_SET_UP) ?? false);
    const state =
      problem !== undefined
        ? { disabledAt: stored?.disabledAt ?? context.now(), disabledReason: `${NOT_SET_UP}${problem}` }
        : wasNeverOn
          ? { disabledAt: null, disabledReason: null }
          : {};
    const data = {
      type: channel.type,
      label: channel.label ?? type?.label ?? key,
      config: toStoredJson(channel.config),
      ...state,
    };
    if (stored?.origin === "database")
      log.error(
        { channel: key },
        "this key of monitoring.config.ts is taken by a channel made in the dashboard; rename one of them",
      );
    else if (!stored) await tx.alertChannel.create({ data: { ...data, key, origin: "file" } });
    else if (!isDeepStrictEqual({ ...stored, ...data }, stored))
      await tx.alertChannel.update({ where: { id: stored.id }, data });
  }
  const gone = rows.filter(({ origin, key }) => origin === "file" && !(key in wanted)).map(({ id }) => id);
  if (gone.length > 0) await tx.alertChannel.deleteMany({ where: { id: { in: gone } } });
}
