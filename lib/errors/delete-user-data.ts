import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { isStorable } from "@/lib/core/storable";
import type { Prisma } from "@/lib/db/generated/client";
import { forgetInCopies, GONE } from "./forget-in-copies";
import { escapeLike } from "./groups/query-sql";
import { notifyErrors } from "./notify-errors";

export const deleteUserDataInput = z.strictObject({
  user: z
    .string()
    .trim()
    .min(1, "is required")
    .max(200, "must have at most 200 characters")
    .refine(isStorable, "must not hold a null character or half of a surrogate pair")
    .meta({ title: "User", description: "The id, e-mail address or name by which programs name the user." }),
});

export interface DeletedUserData {
  events: number;
  logLines: number;
}

/** All rows of all partitions are looked at. */
const LONGEST_MS = 600_000;
/** Shorter texts may mean anything: they are looked for where a user is named, not in every text. */
const MIN_SEARCHED = 6;
const KINDS = ["id", "email", "username", "ip"];
const USER_ATTRIBUTES = ["user.id", "user.email", "user.name", "user.full_name", "enduser.id", "client.address"];

/**
 * Deletes what errors and logs hold of a user: events that they met, lines of logs that name them, and other events and lines
 * in whose texts their name or address stands. Of what was told of errors since (alerts, messages, incidents) the name alone is
 * taken out. Counts of errors stay true. The audit says that it was done, not for whom.
 * @throws Problem forbidden, invalid
 */
export async function deleteUserData(
  context: Context,
  input: z.input<typeof deleteUserDataInput>,
): Promise<DeletedUserData> {
  authorize(context.actor, "admin");
  const { user } = parseInput(deleteUserDataInput, input, "The request");
  return context.db.$transaction(
    async (tx) => {
      const known = await tx.errorGroupUser.findMany({
        where: {
          OR: [{ userKey: { in: KINDS.map((kind) => `${kind}:${user}`) } }, { email: user }, { username: user }],
        },
      });
      const userKeys = [...new Set(known.map(({ userKey }) => userKey))];
      const names = namesOf(user, known);
      const events = await deleteEvents(tx, userKeys, names);
      const logLines = await deleteLogs(tx, names);
      await forgetInGroups(tx, userKeys, names);
      await writeAudit(tx, context, {
        action: "errors.delete-user-data",
        subjectType: "user-data",
        after: { events, logLines },
      });
      await notifyErrors(tx);
      return { events, logLines };
    },
    { timeout: LONGEST_MS },
  );
}

interface Names {
  /** All words for the user. */
  exact: string[];
  /** Those that mean nobody else, as patterns: they are looked for in all texts. */
  patterns: string[];
  searched: string[];
}

/** What the user is called: the address of a network may be that of many, so only a given one counts. */
function namesOf(user: string, known: readonly { userKey: string; email: string; username: string }[]): Names {
  const exact = [
    ...new Set([
      user,
      ...known.flatMap(({ userKey, email, username }) => [
        ...(userKey.startsWith("ip:") ? [] : [userKey.slice(userKey.indexOf(":") + 1)]),
        email,
        username,
      ]),
    ]),
  ].filter((name) => name !== "");
  const searched = exact.filter((name) => name.length >= MIN_SEARCHED);
  // As it stands within JSON.
  const patterns = searched.map((name) => `%${escapeLike(JSON.stringify(name).slice(1, -1))}%`);
  return { exact, searched, patterns };
}

async function deleteEvents(
  tx: Prisma.TransactionClient,
  userKeys: string[],
  { exact, patterns }: Names,
): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM error_events WHERE user_key = ANY(${userKeys}) OR data -> 'user' ->> 'id' = ANY(${exact})
      OR data -> 'user' ->> 'email' = ANY(${exact}) OR data -> 'user' ->> 'username' = ANY(${exact})
      OR data::text ILIKE ANY(${patterns})`;
}

async function deleteLogs(tx: Prisma.TransactionClient, { exact, patterns }: Names): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM log_lines WHERE message ILIKE ANY(${patterns}) OR attributes::text ILIKE ANY(${patterns})
      OR EXISTS (SELECT FROM unnest(${USER_ATTRIBUTES}::text[]) AS key WHERE attributes ->> key = ANY(${exact}))`;
}

async function forgetInGroups(
  tx: Prisma.TransactionClient,
  userKeys: string[],
  { exact, searched }: Names,
): Promise<void> {
  await tx.$executeRaw`DELETE FROM error_group_users WHERE user_key = ANY(${userKeys})`;
  await tx.$executeRaw`DELETE FROM error_group_tags WHERE value = ANY(${exact})`;
  for (const name of searched) {
    const pattern = `%${escapeLike(name)}%`;
    // Of any case: the deleting above asked for none either.
    const literal = name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
    await tx.$executeRaw`DELETE FROM error_group_tags WHERE value ILIKE ${pattern} OR key ILIKE ${pattern}`;
    await tx.$executeRaw`
      UPDATE error_groups SET type = regexp_replace(type, ${literal}, ${GONE}, 'gi'),
        value = regexp_replace(value, ${literal}, ${GONE}, 'gi'), culprit = regexp_replace(culprit, ${literal}, ${GONE}, 'gi')
      WHERE type ILIKE ${pattern} OR value ILIKE ${pattern} OR culprit ILIKE ${pattern}`;
    await tx.$executeRaw`
      UPDATE error_comments SET message = regexp_replace(message, ${literal}, ${GONE}, 'gi') WHERE message ILIKE ${pattern}`;
    await forgetInCopies(tx, name);
  }
}
