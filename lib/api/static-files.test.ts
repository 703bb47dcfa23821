import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request as send, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { createStaticFiles } from "./static-files";

const root = await mkdtemp(join(tmpdir(), "watchkeeper-static-"));
const folder = join(root, "static");
const SCRIPT = "export const word = 'grün';\n".repeat(100);
await mkdir(join(folder, "chunks"), { recursive: true });
await writeFile(join(folder, "chunks/a1b2.js"), SCRIPT);
await writeFile(join(folder, "font.woff2"), "packed");
await writeFile(join(folder, "notes.txt"), "no type");
await writeFile(join(folder, "gone.js"), "gone");
await writeFile(join(root, "secret.js"), "secret");

const files = await createStaticFiles(folder, { "X-Content-Type-Options": "nosniff" });
const server = createServer(async (incoming, outgoing) => {
  if (!(await files(incoming, outgoing))) outgoing.writeHead(404).end("somebody else's");
});
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
afterAll(async () => {
  server.close();
  await rm(root, { recursive: true, force: true });
});

/** As it stands on the wire: fetch would tidy the path and unpack the body. */
function get(path: string, headers: Record<string, string> = {}, method = "GET") {
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  return new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: Buffer }>((done, fail) => {
    const outgoing = send({ host: "127.0.0.1", port, path, headers, method, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("end", () =>
        done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    outgoing.once("error", fail);
    outgoing.end();
  });
}

test.each([
  ["br, gzip", "br", (body: Buffer) => brotliDecompressSync(body)],
  ["gzip, deflate", "gzip", (body: Buffer) => gunzipSync(body)],
  ["br;q=0, gzip;q=0.5", "gzip", (body: Buffer) => gunzipSync(body)],
  ["gzip;q=0", undefined, (body: Buffer) => body],
  ["", undefined, (body: Buffer) => body],
])("to a browser that takes %j a script goes out packed as %j", async (accepted, encoding, unpack) => {
  const { status, headers, body } = await get("/_next/static/chunks/a1b2.js?dpl=1", { "accept-encoding": accepted });
  expect([status, headers["content-encoding"], unpack(body).toString()]).toEqual([200, encoding, SCRIPT]);
  expect(headers).toMatchObject({
    "content-type": "application/javascript; charset=UTF-8",
    "content-length": String(body.byteLength),
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    vary: "Accept-Encoding",
  });
});

test("a font is packed already", async () => {
  const { headers, body } = await get("/_next/static/font.woff2", { "accept-encoding": "br, gzip" });
  expect([headers["content-encoding"], body.toString()]).toEqual([undefined, "packed"]);
});

test("HEAD says the same without the content", async () => {
  const { status, headers, body } = await get("/_next/static/chunks/a1b2.js", {}, "HEAD");
  expect([status, headers["content-length"], body.byteLength]).toEqual([200, String(Buffer.byteLength(SCRIPT)), 0]);
});

test("what is no file of the build, or asked for otherwise, is somebody else's", async () => {
  const statuses = await Promise.all([
    get("/_next/static/../secret.js"),
    get("/_next/static/%2e%2e/secret.js"),
    get("/_next/static/chunks"),
    get("/_next/static/notes.txt"),
    get("/_next/static/chunks/other.js"),
    get("/checks"),
    get("/_next/static/chunks/a1b2.js", {}, "POST"),
    get("/_next/static/chunks/a1b2.js", { range: "bytes=0-9" }),
  ]);
  expect(statuses.map(({ status }) => status)).toEqual(statuses.map(() => 404));
});

test("a file that went away since the start is somebody else's", async () => {
  await rm(join(folder, "gone.js"));
  expect((await get("/_next/static/gone.js")).status).toBe(404);
});
