import { ANONYMOUS, type Actor, authorize } from "@/lib/core/actor";
import { type Context, asActor } from "@/lib/core/context";
import { isProblem } from "@/lib/core/errors";
import { isStorable } from "@/lib/core/storable";
import { type Caller, authenticate, withAddress } from "./authenticate";
import type { Endpoint } from "./define-endpoint";
import { ENDPOINTS } from "./endpoints";
import { textResponse } from "./known-body";
import { createMatcher } from "./match";
import { NOT_STORABLE, readJson } from "./read-body";
import { COMMON_HEADERS, HttpFault, describeFailure, problemResponse } from "./respond";
import type { ApiRequest } from "./api-request";

export type ApiHandler = (context: Context, request: ApiRequest, caller?: Caller) => Promise<Response | undefined>;

/** The HTTP API as a function from a request to an answer; undefined where the path is not the API's. */
export const handleApi: ApiHandler = createApi(ENDPOINTS);

/** The one wrapper around every endpoint: method → actor → scope → JSON → verb → answer. */
export function createApi(endpoints: readonly Endpoint[]): ApiHandler {
  const match = createMatcher(endpoints);
  return async (context, request, caller = {}) => {
    const { pathname: path, searchParams } = new URL(request.url);
    const found = match(path);
    if (!found)
      return path.startsWith("/api/v1/")
        ? finished(problemResponse({ status: 404, detail: "There is no such endpoint.", instance: path }))
        : undefined;
    const allow = allowedMethods(found.endpoints);
    const [first] = found.endpoints;
    const secured = (response: Response) => finished(response, first?.headers);
    if (request.method === "OPTIONS") return secured(new Response(null, { status: 204, headers: { Allow: allow } }));
    const method = request.method === "HEAD" ? "GET" : request.method;
    const endpoint = found.endpoints.find((candidate) => candidate.method === method);
    try {
      if (!endpoint)
        throw new HttpFault(405, `${request.method} is not for this path; ${allow} are.`, { Allow: allow });
      const answer = await call(context, { request, searchParams, id: found.id }, caller, endpoint);
      return secured(request.method === "HEAD" ? await withoutBody(answer) : answer);
    } catch (error) {
      const failure = describeFailure(context, path, error);
      const answer = (endpoint ?? first)?.answerFailure?.(request, failure);
      return secured(answer ?? problemResponse(failure.details, failure.headers));
    }
  };
}

async function call(
  context: Context,
  { request, searchParams, id }: { request: ApiRequest; searchParams: URLSearchParams; id: string },
  caller: Caller,
  endpoint: Endpoint,
): Promise<Response> {
  const standard = () => authenticate(context, request, caller);
  const find = () => (endpoint.authenticate ? endpoint.authenticate(context, request, standard) : standard());
  const { scope } = endpoint;
  const actor = scope === "public" ? withAddress(ANONYMOUS, caller.address) : await find();
  if (scope !== "public") authorize(actor, scope);

  const findActor = async (): Promise<Actor | null> => {
    const now = await find().catch((error: unknown) => {
      if (isProblem(error)) return null;
      throw error;
    });
    return now === null || now.kind === "anonymous" ? null : now;
  };
  endpoint.admit?.(context);
  const query = searchParams.size === 0 ? {} : readQuery(searchParams);
  const body = endpoint.body ? await readJson(request) : undefined;
  const answer = await endpoint.handle(asActor(context, actor), { params: { id }, query, body, request, findActor });
  if (answer instanceof Response) return answer;
  if (answer === undefined) return new Response(null, { status: 204 });
  return textResponse(JSON.stringify(answer), {
    status: endpoint.status ?? 200,
    headers: { "Content-Type": "application/json" },
  });
}

/** A name that comes more than once becomes a list. */
function readQuery(params: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(params.keys())].map((name) => {
      const values = params.getAll(name);
      if (![name, ...values].every(isStorable)) throw new HttpFault(422, NOT_STORABLE);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

function allowedMethods(endpoints: readonly Endpoint[]): string {
  const methods: string[] = endpoints.map((endpoint) => endpoint.method);
  return [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
}

async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}

function finished(response: Response, headers: Readonly<Record<string, string>> = {}): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  for (const [name, value] of Object.entries(COMMON_HEADERS))
    if (!response.headers.has(name)) response.headers.set(name, value);
  return response;
}
