import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { renderAtom } from "./render-atom";
import { renderIncidentPage } from "./render-incident";
import type { RenderedPage } from "./render-layout";
import { renderPage } from "./render-page";
import type { PublicSnapshot } from "./status";
import { toStatuspageStatus, toStatuspageSummary } from "./statuspage-format";

/** What is served of one snapshot at one time. */
export interface Edition {
  /** @returns undefined where there is nothing under the path */
  find: (path: string) => Representation | undefined;
  /** What was asked for. */
  asked: () => { path: string; encodings: Encoding[] }[];
}

export const ENCODINGS = ["br", "gzip", "identity"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** A document as bytes: made once, and compressed once, however often it is asked for. */
export interface Representation {
  contentType: string;
  headers: Readonly<Record<string, string>>;
  /** Of the document itself: each encoding adds its name. */
  tag: string;
  bytes: (encoding: Encoding) => Promise<Buffer<ArrayBuffer>>;
  asked: () => Encoding[];
}

const MAX_WARMED = 20;

/** Makes of an edition what was asked of the one before, a document at a time: who asks next does not wait for it. */
export async function warm(edition: Edition, before: Edition): Promise<void> {
  for (const { path, encodings } of before.asked().slice(0, MAX_WARMED)) {
    await setImmediate();
    const document = edition.find(path);
    if (document) await Promise.all(encodings.map(document.bytes));
  }
}

const JSON_TYPE = "application/json";
const INCIDENT = /^\/status\/incidents\/([1-9]\d{0,8})$/;

/** @param isLastKnown the present state can't be read @param now when it is shown */
export function createEdition(
  snapshot: PublicSnapshot,
  { isLastKnown, now }: { isLastKnown: boolean; now: Date },
): Edition {
  const { status, earlierIncidents } = snapshot;
  const view = { status, now, isLastKnown };
  const made = new Map<string, Representation>();

  const render = (path: string): Representation | undefined => {
    switch (path) {
      case "/status":
        return page(renderPage(view));
      case "/status/feed.atom":
        return represent(renderAtom(snapshot, { now }), "application/atom+xml; charset=utf-8");
      case "/api/status.json":
        return represent(JSON.stringify({ ...status, isLastKnown }), JSON_TYPE, ANY_ORIGIN);
      case "/api/v2/summary.json":
        return represent(JSON.stringify(toStatuspageSummary(status)), JSON_TYPE, ANY_ORIGIN);
      case "/api/v2/status.json":
        return represent(JSON.stringify(toStatuspageStatus(status)), JSON_TYPE, ANY_ORIGIN);
    }
    const number = Number(INCIDENT.exec(path)?.[1]);
    const incidents = [...status.activeIncidents, ...status.recentIncidents, ...earlierIncidents];
    const incident = incidents.find((one) => one.number === number);
    return incident && page(renderIncidentPage(view, incident));
  };

  return {
    find: (path) => {
      const known = made.get(path) ?? render(path);
      // Only what is there is kept: nobody fills the memory by asking for what is not.
      if (known) made.set(path, known);
      return known;
    },
    asked: () => [...made].map(([path, document]) => ({ path, encodings: document.asked() })),
  };
}

/** Other sites' pages may read it, as they do Statuspage's. */
const ANY_ORIGIN = { "Access-Control-Allow-Origin": "*" };

const page = ({ text, policy }: RenderedPage): Representation =>
  represent(text, "text/html; charset=utf-8", { "Content-Security-Policy": policy, "Referrer-Policy": "same-origin" });

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);
/** Nearly as small as the slowest, in a hundredth of the time. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

function represent(text: string, contentType: string, headers: Record<string, string> = {}): Representation {
  const identity = Buffer.from(text);
  const encoded: Partial<Record<Encoding, Promise<Buffer<ArrayBuffer>>>> = {};
  const encode: Record<Encoding, () => Promise<Buffer<ArrayBuffer>>> = {
    br: () => compressBrotli(identity, BROTLI),
    gzip: () => compressGzip(identity),
    identity: () => Promise.resolve(identity),
  };
  return {
    contentType,
    headers,
    tag: createHash("sha256").update(identity).digest("base64url").slice(0, 22),
    bytes: (encoding) => (encoded[encoding] ??= encode[encoding]()),
    asked: () => ENCODINGS.filter((encoding) => encoded[encoding] !== undefined),
  };
}
