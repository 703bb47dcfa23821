import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { clientAddress } from "@/app/_auth/client-address";
import { returnPath } from "@/app/_auth/return-path";
import { readSessionToken, sessionCookie } from "@/app/_auth/session-token";
import { findSessionActor } from "@/lib/access/find-session-actor";
import type { Actor } from "@/lib/core/actor";
import { asActor, type Context } from "@/lib/core/context";
import { processContext } from "@/lib/core/process-context";

type UserActor = Extract<Actor, { kind: "user" }>;

/**
 * Who asks: the session's cookie names a user, the database says who they are now (role, disabled, sessions ended).
 * Looked up once a request, however many components ask.
 */
export const findActor = cache(async (): Promise<UserActor | null> => {
  // Reading the cookies comes first: it is what keeps this out of the build's prerendering.
  const jar = await cookies();
  const context = processContext();
  const token = jar.get(sessionCookie(context.env).name)?.value;
  const session = token ? await readSessionToken(context.env, token) : undefined;
  const actor = session ? await findSessionActor(context, session) : null;
  return actor?.kind === "user" ? { ...actor, address: clientAddress(await headers()) } : null;
});

/** Who asks; nobody is sent to the sign-in page, and back here after it. For pages: a streamed page can still redirect. */
export async function requireActor(): Promise<UserActor> {
  const actor = await findActor();
  if (actor) return actor;
  // Written by proxy.ts over whatever the client sent.
  const path = returnPath((await headers()).get("x-watchkeeper-path"));
  redirect(path === "/" ? "/sign-in" : `/sign-in?${new URLSearchParams({ callbackUrl: path })}`);
}

/** The context on behalf of whoever asks, nobody included: the verbs refuse. For actions and route handlers. */
export async function sessionContext(): Promise<Context> {
  const actor = await findActor();
  return asActor(processContext(), actor ?? { kind: "anonymous", address: clientAddress(await headers()) });
}

/** The context on behalf of the signed-in user. For pages. */
export async function pageContext(): Promise<Context> {
  // The actor first: while the build prerenders there is no context, and reading the cookies ends that.
  const actor = await requireActor();
  return asActor(processContext(), actor);
}
