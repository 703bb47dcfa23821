import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import type { ErrorComment } from "./comment-group";
import { type ErrorGroup, readGroup } from "./group";

export interface TagCounts {
  key: string;
  /** Events that have the tag, of the values that are counted. */
  total: number;
  /** The most frequent first. */
  values: { value: string; count: number }[];
}

export interface GroupStory extends ErrorGroup {
  /** Events by UTC hour of the days until it was last seen, the oldest first; hours without any are left out. */
  trend: { hour: Date; count: number }[];
  /** By key. `release` and `environment` are among them. */
  tags: TagCounts[];
  /** The oldest first. */
  comments: ErrorComment[];
}

const HOUR_MS = 3_600_000;
const MAX_COMMENTS = 500;

/**
 * An error with its trend, counts by tag and comments.
 * @param input.hours how far back the trend goes from when it was last seen; a week where left out
 * @throws Problem forbidden, not-found
 */
export async function getGroup(
  context: Context,
  { id, hours = 7 * 24 }: { id: string; hours?: number },
): Promise<GroupStory> {
  authorize(context.actor, "read");
  const group = await readGroup(context, id);
  const { db } = context;
  const since = new Date((Math.floor(group.lastSeenAt.getTime() / HOUR_MS) - hours + 1) * HOUR_MS);
  const [trend, tags, comments] = await Promise.all([
    db.errorGroupHour.findMany({
      where: { groupId: group.id, hour: { gte: since } },
      orderBy: { hour: "asc" },
      select: { hour: true, count: true },
    }),
    db.errorGroupTag.findMany({
      where: { groupId: group.id },
      orderBy: [{ key: "asc" }, { count: "desc" }, { value: "asc" }],
      select: { key: true, value: true, count: true },
    }),
    db.errorComment.findMany({
      where: { groupId: group.id },
      orderBy: { createdAt: "asc" },
      take: MAX_COMMENTS,
      select: { id: true, message: true, authorName: true, createdAt: true },
    }),
  ]);
  return { ...group, trend, tags: countTags(tags), comments };
}

function countTags(rows: readonly { key: string; value: string; count: number }[]): TagCounts[] {
  const byKey = new Map<string, TagCounts>();
  for (const { key, value, count } of rows) {
    const tag = byKey.get(key) ?? { key, total: 0, values: [] };
    tag.total += count;
    tag.values.push({ value, count });
    byKey.set(key, tag);
  }
  return [...byKey.values()];
}
