import { randomUUID } from "node:crypto";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { afterAll } from "vitest";

/** What a stand-in does with the next calls. */
export type Behaviour =
  | "ok"
  | "500"
  /** 429 with Retry-After: 1 */
  | "429"
  | "invalid_auth"
  /** Takes the call and never answers. */
  | "hang"
  /** Closes the connection before it took the call. */
  | "reset"
  /** Takes the call and loses the answer. */
  | "lost";

export interface Accepted {
  /** Slack's metadata id, or Resend's idempotency key. */
  id: string;
  body: Record<string, unknown>;
}

export interface StandIn {
  url: string;
  /** What it took, in order; of one idempotency key once where the service itself does so. */
  accepted: Accepted[];
  /** Messages that were changed. */
  updates: Record<string, unknown>[];
  calls: number;
  /** Who called, by the credential that each call carried. */
  callers: string[];
  /** Methods of Slack that answer with an error: `missing_scope`. */
  refusals: Map<string, string>;
  /** For each call, in its order; the last one stays. */
  behave: (...behaviours: Behaviour[]) => void;
  /** Decided for each call. */
  behaveBy: (choose: () => Behaviour) => void;
  close: () => Promise<void>;
}

type Handle = (request: IncomingMessage, body: string, state: StandIn) => { accept: () => object };

async function start(handle: Handle, authFailure: [number, object]): Promise<StandIn> {
  let choose: () => Behaviour = () => "ok";
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => answer(request, response, Buffer.concat(chunks).toString("utf8")));
  });
  const answer = (request: IncomingMessage, response: ServerResponse, body: string) => {
    state.calls += 1;
    state.callers.push(request.headers.authorization ?? "");
    const json = (status: number, value: object, headers: Record<string, string> = {}) =>
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
    const { accept } = handle(request, body, state);
    const isWrite = request.url?.includes("conversations") === false;
    switch (isWrite ? choose() : "ok") {
      case "500":
        return json(500, {
          ok: false,
          error: "internal_error",
          message: "internal",
          name: "internal_server_error",
          statusCode: 500,
        });
      case "429":
        return json(
          429,
          { ok: false, error: "ratelimited", message: "slow down", name: "rate_limit_exceeded", statusCode: 429 },
          { "retry-after": "1" },
        );
      case "invalid_auth":
        return json(...authFailure);
      case "hang":
        return undefined;
      case "reset":
        return void request.socket.destroy();
      case "lost":
        accept();
        return void request.socket.destroy();
      default:
        return json(200, accept());
    }
  };
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((closed) => server.close(() => closed()));
  };
  const state: StandIn = {
    url: `http://127.0.0.1:${address.port}`,
    accepted: [],
    updates: [],
    calls: 0,
    callers: [],
    refusals: new Map(),
    behave: (...behaviours) => {
      const queue = [...behaviours];
      choose = () => (queue.length > 1 ? queue.shift() : queue[0]) ?? "ok";
    },
    behaveBy: (decide) => void (choose = decide),
    close,
  };
  afterAll(close);
  return state;
}

/** The one channel of the stand-in's workspace. As with Slack itself, it is posted to by id or name, and looked into by id. */
const CHANNEL = { id: "C1", name: "ops" };

/** Slack's Web API as far as alerts use it; SLACK_API_URL is `url`/api/. */
export function startSlack(): Promise<StandIn> {
  let time = 1_700_000_000;
  return start(
    (request, body, state) => {
      const form = new URLSearchParams(body);
      const parsed = Object.fromEntries([...form].map(([name, value]) => [name, tryJson(value)]));
      const method = request.url?.split("/").at(-1)?.split("?")[0] ?? "";
      const refusal = state.refusals.get(method);
      if (refusal !== undefined) return { accept: () => ({ ok: false, error: refusal }) };
      if (method === "users.conversations")
        return { accept: () => ({ ok: true, channels: [CHANNEL], response_metadata: {} }) };
      if (method === "conversations.history" || method === "conversations.replies") {
        const messages = state.accepted.map(({ body: sent }) => sent);
        const isKnown = parsed["channel"] === CHANNEL.id;
        return { accept: () => (isKnown ? { ok: true, messages } : { ok: false, error: "channel_not_found" }) };
      }
      if (method === "chat.update")
        return {
          accept: () => (state.updates.push(parsed), { ok: true, channel: parsed["channel"], ts: parsed["ts"] }),
        };
      return {
        accept: () => {
          const ts = `${(time += 1)}.000100`;
          const metadata = parsed["metadata"];
          const id = idOf(metadata);
          state.accepted.push({ id, body: { ...parsed, ts } });
          return { ok: true, channel: CHANNEL.id, ts, message: { ts } };
        },
      };
    },
    [200, { ok: false, error: "invalid_auth" }],
  );
}

/** Resend's API as far as alerts use it, with its idempotency: the same key is taken once. */
export function startResend(): Promise<StandIn> {
  return start(
    (request, body, state) => ({
      accept: () => {
        const id = String(request.headers["idempotency-key"] ?? randomUUID());
        const parsed = tryJson(body);
        if (!state.accepted.some((one) => one.id === id))
          state.accepted.push({ id, body: isRecord(parsed) ? parsed : {} });
        return { id };
      },
    }),
    [401, { statusCode: 401, name: "restricted_api_key", message: "API key is invalid" }],
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function idOf(metadata: unknown): string {
  const payload = isRecord(metadata) ? metadata["event_payload"] : undefined;
  return isRecord(payload) ? String(payload["id"]) : "";
}

function tryJson(text: string): unknown {
  // A time of Slack looks like a number and is none.
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
