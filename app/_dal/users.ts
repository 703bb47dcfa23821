import "server-only";
import { getUser } from "@/lib/access/get-user";
import { listTokens } from "@/lib/access/list-tokens";
import { listUsers } from "@/lib/access/list-users";
import { orNotFound } from "./or-not-found";
import { pageContext } from "./session";

/** The users of one page of the list. For admins; others get a Problem, which their pages never ask for. */
export async function readUsers(cursor: string | undefined) {
  return listUsers(await pageContext(), { cursor, limit: 50 });
}

/** One user; an unknown id is a page that does not exist. */
export async function readUser(id: string) {
  const context = await pageContext();
  return getUser(context, { id }).catch(orNotFound);
}

export async function readTokens(cursor: string | undefined) {
  return listTokens(await pageContext(), { cursor, limit: 50 });
}
