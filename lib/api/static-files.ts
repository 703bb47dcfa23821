import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const PREFIX = "/_next/static/";

/** Content types of what a build writes; whatever else there is, Next.js answers. */
const TYPES: Readonly<Record<string, string>> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
/** Packed already. */
const PACKED: ReadonlySet<string> = new Set([".woff2"]);

type Encoding = "br" | "gzip" | "identity";

const pack: Record<Encoding, (content: Buffer) => Promise<Buffer>> = {
  // Better takes ten times as long, and the first visitor waits for it.
  br: (content) => promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: promisify<Buffer, Buffer>(gzip),
  identity: (content) => Promise.resolve(content),
};

/** Answers a request for a file. @returns false where it is somebody else's, who answers then */
export type StaticFiles = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<boolean>;

/**
 * Serves the files of a build, whose names change with their content: each is read and packed once, and then comes from
 * memory. Next.js packs them anew for each visitor, 50 ms of processor time for one page's.
 * @param folder the build's `.next/static`; only what is there now is served, so no path leads anywhere else
 * @param headers of every answer
 */
export async function createStaticFiles(
  folder: string,
  headers: Readonly<Record<string, string>>,
): Promise<StaticFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map(
    entries.flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      const type = entry.isFile() ? TYPES[extname(file)] : undefined;
      return type ? [[PREFIX + relative(folder, file).split(sep).join("/"), { file, type }] as const] : [];
    }),
  );
  const kept = new Map<string, Promise<Buffer>>();

  const read = (file: string, encoding: Encoding): Promise<Buffer> => {
    const key = `${encoding} ${file}`;
    const known = kept.get(key) ?? readFile(file).then(pack[encoding]);
    kept.set(key, known);
    known.catch(() => kept.delete(key));
    return known;
  };

  return async (incoming, outgoing) => {
    const { method, url = "", headers: asked } = incoming;
    const found = files.get(url.split("?", 1)[0] ?? "");
    if (!found || (method !== "GET" && method !== "HEAD") || asked.range) return false;
    const encoding = PACKED.has(extname(found.file)) ? "identity" : encodingFor(asked["accept-encoding"]);
    // Gone since the start, with a new build: Next.js says so.
    const content = await read(found.file, encoding).catch(() => undefined);
    if (!content) return false;
    outgoing.writeHead(200, {
      ...headers,
      "Content-Type": found.type,
      "Content-Length": content.byteLength,
      "Cache-Control": "public, max-age=31536000, immutable",
      Vary: "Accept-Encoding",
      ...(encoding !== "identity" && { "Content-Encoding": encoding }),
    });
    outgoing.end(method === "HEAD" ? undefined : content);
    return true;
  };
}

/** The best of what the browser takes. Pure. */
function encodingFor(accepted: string | string[] = ""): Encoding {
  const wanted = String(accepted)
    .split(",")
    .filter((word) => !/;\s*q=0(\.0*)?\s*$/.test(word));
  const names = new Set(wanted.map((word) => word.split(";", 1)[0]?.trim()));
  return names.has("br") ? "br" : names.has("gzip") ? "gzip" : "identity";
}
