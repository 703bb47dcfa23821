import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { notFound, parseId } from "@/lib/core/parse-id";
import { USER_FIELDS, type User } from "./user";

/** @throws Problem forbidden, not-found */
export async function getUser(context: Context, input: { id: string }): Promise<User> {
  authorize(context.actor, "admin");
  const user = await context.db.user.findUnique({ where: { id: parseId(input.id, "user") }, select: USER_FIELDS });
  if (!user) throw notFound("user");
  return user;
}
