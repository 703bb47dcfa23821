import type { Actor } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { keyOfRequest } from "@/lib/errors/envelope/sentry-auth";
import { findKey } from "@/lib/errors/projects/find-key";
import type { ApiRequest } from "./api-request";

/**
 * Who sends logs: a project's key (`Authorization: Bearer KEY`, `X-Sentry-Auth` or `sentry_key` in the address), or whoever
 * may by the usual way.
 */
export async function authenticateByKey(
  context: Context,
  request: ApiRequest,
  standard: () => Promise<Actor>,
): Promise<Actor> {
  const bearer = /^Bearer +([0-9a-f]{32}) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const key =
    bearer ?? keyOfRequest({ query: new URL(request.url).searchParams, header: (name) => request.headers.get(name) });
  const project = key === undefined ? null : await findKey(context, key);
  return project ? { kind: "project", projectId: project.id, name: project.name } : standard();
}
