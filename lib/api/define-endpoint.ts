import { z } from "zod";
import type { Actor, Scope } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import type { ApiRequest } from "./api-request";
import type { Failure } from "./respond";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
export type JsonSchema = z.core.JSONSchema.BaseSchema;

interface Call {
  /** The address's variable parts; `id` is empty where the path has none. */
  params: { id: string };
  request: ApiRequest;
  /** Asks again who calls, for an answer that lasts: null when the session or token has ended. Throws when the database is away. */
  findActor: () => Promise<Actor | null>;
}

/** What is known of a request by its first lines. */
interface EarlyRequest {
  id: string;
  path: string;
  query: string;
  /** @param name in small letters */
  header: (name: string) => string | null;
}

interface Description {
  method: Method;
  /** `/api/v1/checks/{id}` */
  path: string;
  /** What the caller must be allowed to; `public` asks nobody, and not the database either. */
  scope: Scope | "public";
  tag: string;
  summary: string;
  description?: string;
  /** Of the answer, as JSON; for the documentation and for the tests that hold it to its word. */
  response?: z.ZodType;
  /** Of a good answer; 200 where left out. */
  status?: number;
  /** What the documentation shows for the body in place of the schema itself. */
  describeBody?: (schema: JsonSchema) => JsonSchema;
  /** The content types of a body that `handle` reads by itself; for the documentation. */
  contentTypes?: readonly string[];
  /** What went wrong in the form of the protocol that is spoken here; a problem (RFC 9457) where left out. */
  answerFailure?: (request: ApiRequest, failure: Failure) => Response;
  /** Asked before the body is read, which may be more work than to refuse it. Throws when there is no room for it now. */
  admit?: (context: Context) => void;
  /**
   * Asked before anything else of a request to the server itself: may it be refused by what is in memory alone? What is
   * refused here costs next to nothing; `admit` and `handle` say the same where this is not asked. Undefined: go on.
   */
  refuse?: (context: Context, request: EarlyRequest) => Failure | undefined;
  /** What `{id}` may be, as the inside of a pattern; anything without a slash where left out. The same for all of a path. */
  idPattern?: string;
  /** On every answer of the path, also on failures and to OPTIONS. The same for all of a path. */
  headers?: Readonly<Record<string, string>>;
  /** Another way in besides a token or a session. @param standard the usual one; throws when a token is not right */
  authenticate?: (context: Context, request: ApiRequest, standard: () => Promise<Actor>) => Promise<Actor>;
}

/** An endpoint as the list of them sees it: query and body are parsed inside. */
export interface Endpoint extends Description {
  query?: z.ZodType;
  body?: z.ZodType;
  /** Answers a `Response`, or what becomes the JSON of one; undefined becomes 204. */
  handle: (context: Context, call: Call & { query: unknown; body: unknown }) => Promise<unknown>;
}

const nothing = z.object({});

/**
 * Defines one endpoint: an entry of ENDPOINTS (lib/api/endpoints/index.ts) and a line in lib/api/authorization.test.ts.
 * The mount (lib/api/handle-api.ts) has authenticated and authorised before `handle` runs; the verb authorises again.
 */
export function defineEndpoint<Query extends z.ZodType = typeof nothing, Body extends z.ZodType = z.ZodUndefined>(
  definition: Description & {
    query?: Query;
    body?: Body;
    handle: (context: Context, call: Call & { query: z.output<Query>; body: z.output<Body> }) => Promise<unknown>;
  },
): Endpoint {
  const { query = nothing, body = z.undefined(), handle } = definition;
  return {
    ...definition,
    handle: async (context, call) => {
      // Narrowed by the definition's own schemas: absent ones parse to what the absent type says.
      const parsedQuery = parseInput(query, call.query, "The query") as z.output<Query>;
      const parsedBody = parseInput(body, call.body, "The body") as z.output<Body>;
      return handle(context, { ...call, query: parsedQuery, body: parsedBody });
    },
  };
}
