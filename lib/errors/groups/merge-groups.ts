import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse";
import { notFound, parseId } from "@/lib/core/parse-id";
import type { Prisma } from "@/lib/db/generated/client";
import { notifyErrors } from "../notify-errors";
import { type ErrorGroup, GROUP_FIELDS, toGroup } from "./group";

export const mergeGroupsInput = z.strictObject({
  ids: z
    .array(z.uuid("must be the id of an error"))
    .min(1, "must name at least one error")
    .max(100, "must be at most 100")
    .meta({ title: "Errors", description: "Become part of this one, and are no more on their own." }),
});

/** Many events move. */
const LONGEST_MS = 120_000;

/**
 * Makes several groups of a project one: keys move, so that their events come here from now on; counts add up.
 * @param id of the one that stays
 * @throws Problem forbidden, invalid, not-found
 */
export async function mergeGroups(
  context: Context,
  { id: given, ...input }: { id: string; ids: string[] },
): Promise<ErrorGroup> {
  authorize(context.actor, "errors:write");
  const id = parseId(given, "error");
  const ids = parseInput(mergeGroupsInput, input, "The merge").ids.map((one) => one.toLowerCase());
  const others = [...new Set(ids)].filter((one) => one !== id);
  if (others.length === 0) throw invalid("names only the error itself");
  return context.db.$transaction(
    async (tx) => {
      const groups = await lockAll(tx, [id, ...others]);
      const target = groups.find((group) => group.id === id);
      if (!target) throw notFound("error");
      if (groups.length < others.length + 1) throw invalid("there is no such error");
      if (groups.some(({ projectId }) => projectId !== target.projectId)) throw invalid("must be of the same project");
      await moveRows(tx, id, others);
      const row = await tx.errorGroup.update({
        where: { id },
        data: summedUp(groups, await tx.errorGroupUser.count({ where: { groupId: id } })),
        select: GROUP_FIELDS,
      });
      await tx.errorGroup.deleteMany({ where: { id: { in: others } } });
      const subject = { subjectType: "error", subjectId: id };
      await writeAudit(tx, context, { action: "error.merge", ...subject, after: { ids: others } });
      await notifyErrors(tx);
      return toGroup(row);
    },
    { timeout: LONGEST_MS },
  );
}

function invalid(message: string): Problem {
  return new Problem("invalid", `ids: ${message}`, [{ path: "ids", message }]);
}

const LOCKED = {
  id: true,
  projectId: true,
  firstSeenAt: true,
  lastSeenAt: true,
  eventCount: true,
  firstRelease: true,
  lastRelease: true,
} as const satisfies Prisma.ErrorGroupSelect;
type Locked = Prisma.ErrorGroupGetPayload<{ select: typeof LOCKED }>;

/** By their id, as the receivers lock them. */
async function lockAll(tx: Prisma.TransactionClient, ids: readonly string[]): Promise<Locked[]> {
  await tx.$queryRaw`SELECT FROM error_groups WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`;
  return tx.errorGroup.findMany({ where: { id: { in: [...ids] } }, select: LOCKED });
}

async function moveRows(tx: Prisma.TransactionClient, id: string, others: readonly string[]): Promise<void> {
  const from = [...others];
  await tx.$executeRaw`UPDATE error_group_keys SET group_id = ${id}::uuid WHERE group_id = ANY(${from}::uuid[])`;
  await tx.$executeRaw`UPDATE error_events SET group_id = ${id}::uuid WHERE group_id = ANY(${from}::uuid[])`;
  await tx.$executeRaw`UPDATE error_comments SET group_id = ${id}::uuid WHERE group_id = ANY(${from}::uuid[])`;
  await tx.$executeRaw`
    INSERT INTO error_group_hours (group_id, hour, count)
    SELECT ${id}::uuid, hour, sum(count) FROM error_group_hours WHERE group_id = ANY(${from}::uuid[]) GROUP BY hour
    ON CONFLICT (group_id, hour) DO UPDATE SET count = error_group_hours.count + excluded.count`;
  await tx.$executeRaw`
    INSERT INTO error_group_users (group_id, user_key, email, username, ip_address)
    SELECT DISTINCT ON (user_key) ${id}::uuid, user_key, email, username, ip_address
    FROM error_group_users WHERE group_id = ANY(${from}::uuid[]) ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    INSERT INTO error_group_tags (group_id, key, value, count)
    SELECT ${id}::uuid, key, value, sum(count) FROM error_group_tags WHERE group_id = ANY(${from}::uuid[]) GROUP BY key, value
    ON CONFLICT (group_id, key, value) DO UPDATE SET count = error_group_tags.count + excluded.count`;
}

/** Pure. */
function summedUp(groups: readonly Locked[], userCount: number) {
  const [first] = groups.toSorted((a, b) => a.firstSeenAt.getTime() - b.firstSeenAt.getTime());
  const last = groups.toSorted((a, b) => a.lastSeenAt.getTime() - b.lastSeenAt.getTime()).at(-1);
  return {
    eventCount: groups.reduce((sum, { eventCount }) => sum + eventCount, 0n),
    userCount,
    ...(first && { firstSeenAt: first.firstSeenAt, firstRelease: first.firstRelease }),
    ...(last && { lastSeenAt: last.lastSeenAt, lastRelease: last.lastRelease }),
  };
}
