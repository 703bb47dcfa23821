import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Page, decodeCursor, page, toPage } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";
import { USER_FIELDS, type User } from "./user";

export const listUsersInput = z.strictObject(page);
const keys = z.tuple([z.string()]);

/** Users by email. @throws Problem forbidden, invalid */
export async function listUsers(context: Context, input: z.input<typeof listUsersInput> = {}): Promise<Page<User>> {
  authorize(context.actor, "admin");
  const { limit, cursor } = parseInput(listUsersInput, input, "The query");
  const after = cursor === undefined ? undefined : decodeCursor(keys, cursor)[0];
  const rows = await context.db.user.findMany({
    where: after === undefined ? {} : { email: { gt: after } },
    orderBy: { email: "asc" },
    take: limit + 1,
    select: USER_FIELDS,
  });
  return toPage(rows, limit, (row) => [row.email]);
}
