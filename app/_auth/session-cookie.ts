import { decode } from "next-auth/jwt";
import { z } from "zod";
import { findSessionActor } from "@/lib/access/find-session-actor";
import type { Actor } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";

const COOKIE = /(?:^|;\s*)(?:__Secure-)?next-auth\.session-token=([^;]+)/;
const session = z.object({ userId: z.string(), sessionVersion: z.number() });

/**
 * The signed-in user of a request that Next.js does not see (server.ts answers it): reads next-auth's cookie and looks the
 * user up, so that a session that was ended elsewhere is not accepted.
 * @returns undefined where there is no valid session
 */
export async function readSessionActor(context: Context, request: Request): Promise<Actor | undefined> {
  const secret = context.env.NEXTAUTH_SECRET;
  const cookie = COOKIE.exec(request.headers.get("cookie") ?? "")?.[1];
  if (!cookie || !secret || request.headers.has("authorization")) return undefined;
  const payload = await decode({ token: decodeURIComponent(cookie), secret }).catch(() => null);
  const parsed = session.safeParse(payload);
  if (!parsed.success) return undefined;
  return (await findSessionActor(context, parsed.data)) ?? undefined;
}
