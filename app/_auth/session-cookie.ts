import { findSessionActor } from "@/lib/access/find-session-actor";
import type { Actor } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { readSessionToken, sessionCookie } from "./session-token";
import type { ApiRequest } from "@/lib/api/api-request";

/**
 * The signed-in user of a request that Next.js does not see (server.ts answers it): reads next-auth's cookie and looks the
 * user up, so that a session that was ended elsewhere is not accepted.
 * @returns undefined where there is no valid session
 */
export async function readSessionActor(context: Context, request: ApiRequest): Promise<Actor | undefined> {
  if (request.headers.has("authorization")) return undefined;
  const { name } = sessionCookie(context.env);
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  const cookie = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  const session = cookie ? await readSessionToken(context.env, cookie) : undefined;
  return session && ((await findSessionActor(context, session)) ?? undefined);
}
