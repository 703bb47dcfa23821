import { Prisma } from "@/lib/db/generated/client";
import { escapeLike } from "./groups/query-sql";

/** What stands in the place of a name that was taken out. */
export const GONE = "[deleted]";

/** Where the product writes what an error says, or a person may have: alerts of it, their messages, incidents and their timelines. */
const TEXTS = {
  alerts: ["subject", "summary", "resolved_reason"],
  alert_events: ["message"],
  incidents: ["title", "description"],
  incident_updates: ["message", "annotation"],
  postmortems: ["impact", "root_cause", "contributing_factors", "went_well", "went_badly"],
};
const JSON_VALUES = {
  notification_messages: ["content"],
  incidents: ["causes"],
};

/**
 * Takes a name out of all that was told of errors, whatever its case. The audit trail can't be changed: it holds no texts of
 * errors, but what a person wrote into an incident stays in it.
 */
export async function forgetInCopies(tx: Prisma.TransactionClient, name: string): Promise<void> {
  for (const [table, columns] of Object.entries(TEXTS)) await replaceIn(tx, table, columns, name, "text");
  // As it stands within JSON.
  const quoted = JSON.stringify(name).slice(1, -1);
  for (const [table, columns] of Object.entries(JSON_VALUES)) await replaceIn(tx, table, columns, quoted, "jsonb");
}

async function replaceIn(
  tx: Prisma.TransactionClient,
  table: string,
  columns: readonly string[],
  name: string,
  type: "text" | "jsonb",
): Promise<void> {
  const literal = name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = `%${escapeLike(name)}%`;
  const named = columns.map((column) => Prisma.raw(column));
  const replaced = named.map(
    (column) => Prisma.sql`${column} = regexp_replace(${column}::text, ${literal}, ${GONE}, 'gi')::${Prisma.raw(type)}`,
  );
  const found = named.map((column) => Prisma.sql`${column}::text ILIKE ${pattern}`);
  await tx.$executeRaw`
    UPDATE ${Prisma.raw(table)} SET ${Prisma.join(replaced, ", ")} WHERE ${Prisma.join(found, " OR ")}`;
}
