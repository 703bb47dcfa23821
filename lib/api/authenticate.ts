import { authenticateToken } from "@/lib/access/authenticate-token";
import { ANONYMOUS, type Actor } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import type { ApiRequest } from "./api-request";

/** What the mount knows of a call besides the request itself. */
export interface Caller {
  /** The signed-in user; as a function it is asked only when needed, and again while an answer lasts. */
  sessionActor?: Actor | (() => Promise<Actor | null | undefined>);
  /** The client's network address, for the audit. */
  address?: string;
}

const SAFE_METHODS = new Set(["GET", "HEAD"]);

/**
 * Who calls: an API token with any method, a session only with those that change nothing, since a browser sends its cookie
 * along with a request that another site made up.
 * @throws Problem unauthenticated when a token is not right; a wrong one never falls back on the session
 */
export async function authenticate(context: Context, request: ApiRequest, caller: Caller): Promise<Actor> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const bearer = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    const actor = bearer === undefined ? null : await authenticateToken(context, bearer);
    if (!actor) throw new Problem("unauthenticated", "The API token is unknown, expired or revoked.");
    return withAddress(actor, caller.address);
  }
  if (!SAFE_METHODS.has(request.method)) {
    throw new Problem(
      "unauthenticated",
      "Send an API token (Authorization: Bearer …); a browser's session may only read here.",
    );
  }
  const { sessionActor } = caller;
  const actor = typeof sessionActor === "function" ? await sessionActor() : sessionActor;
  return withAddress(actor ?? ANONYMOUS, caller.address);
}

export function withAddress(actor: Actor, address: string | undefined): Actor {
  return actor.kind === "system" || address === undefined ? actor : { ...actor, address };
}
