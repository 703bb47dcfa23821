import { makePartitions } from "@/lib/db/partitions";
import type { AlertChannel, Prisma } from "@/lib/db/generated/client";
import { writeSamples } from "@/lib/metrics/write-samples";
import type { TestContext } from "./test-context";

/** A channel that is on; nothing is sent unless something delivers. */
export function addChannel(
  context: TestContext,
  more: Partial<Prisma.AlertChannelCreateInput> = {},
): Promise<AlertChannel> {
  return context.db.alertChannel.create({
    data: { key: "hook", label: "Hook", type: "webhook", config: { url: "http://127.0.0.1:9/" }, ...more },
  });
}

/** Stores a value of a metric as of now. */
export async function record(
  context: TestContext,
  name: string,
  value: number,
  {
    unit = "",
    secondsAgo = 0,
    ...metadata
  }: { unit?: string; secondsAgo?: number; [label: string]: string | number | undefined } = {},
): Promise<void> {
  const recordedAt = new Date(context.now().getTime() - secondsAgo * 1000);
  await makePartitions(context.sql, recordedAt, recordedAt);
  const labels = Object.fromEntries(
    Object.entries(metadata).flatMap(([label, text]) => (text === undefined ? [] : [[label, text]])),
  );
  const { rejected } = await writeSamples(context, [{ name, unit, metadata: labels, recordedAt, value }]);
  if (rejected.length > 0) throw new Error(JSON.stringify(rejected));
}

/** The alerts as a person would tell them: `state severity subject`, the suppressed with the reason. */
export async function alertLines(context: TestContext): Promise<string[]> {
  const rows = await context.db.alert.findMany({ orderBy: [{ pendingSince: "asc" }, { subject: "asc" }] });
  return rows.map(({ state, severity, subject, suppressedReason }) =>
    [state, severity, subject, ...(suppressedReason ? [`(${suppressedReason})`] : [])].join(" "),
  );
}

/** What is to be sent: `kind subject`, in the order in which it was written. */
export async function toldLines(context: TestContext): Promise<string[]> {
  const rows = await context.db.notification.findMany({
    where: { status: "queued" },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    include: { alert: true },
  });
  return rows.map(({ kind, alert }) => `${kind} ${alert?.subject}`).toSorted();
}
