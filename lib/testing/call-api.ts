import { z } from "zod";
import { type Caller } from "@/lib/api/authenticate";
import { ENDPOINTS } from "@/lib/api/endpoints";
import { handleApi } from "@/lib/api/handle-api";
import { createMatcher } from "@/lib/api/match";
import type { Context } from "@/lib/core/context";

/** One call of the API as a program makes it, without the network. */
export interface ApiCall extends Caller {
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const anything = z.unknown();
const match = createMatcher(ENDPOINTS);

/** Holds a good answer to the schema that the documentation shows of it. */
function holdToSchema(method: string, path: string, json: unknown): void {
  const endpoint = match(new URL(path, "http://watchkeeper.test").pathname)?.endpoints.find(
    (one) => one.method === method,
  );
  if (json !== undefined) endpoint?.response?.parse(json);
}

/** Calls `GET /api/v1/checks` and answers status, headers and the parsed JSON (undefined without a body). */
export async function callApi(
  context: Context,
  methodAndPath: string,
  { token, body, headers = {}, ...caller }: ApiCall = {},
) {
  const [method = "GET", path = "/"] = methodAndPath.split(" ");
  const request = new Request(`http://watchkeeper.test${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await handleApi(context, request, caller);
  if (!response) throw new Error(`${methodAndPath} is not a path of the API.`);
  const isStream = response.headers.get("content-type") === "text/event-stream";
  const text = isStream ? "" : await response.text();
  if (isStream) await response.body?.cancel();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  const json = text !== "" && isJson ? anything.parse(JSON.parse(text)) : undefined;
  if (response.ok) holdToSchema(method, path, json);
  return { status: response.status, headers: response.headers, text, json };
}
