import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";

/** Listens for a moment. @returns the port, or undefined when it is taken */
function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : undefined));
    });
  });
}

/**
 * The port of the last start where it is still free, so that processes that outlive the server find it again; else any free
 * one, kept for the next start.
 * @param file where the port is kept
 * @param wanted a port to prefer to the kept one
 */
export async function choosePort(file: string, wanted?: number): Promise<number> {
  const kept = existsSync(file) ? Number(await readFile(file, "utf8")) : 0;
  const preferred = wanted ?? (Number.isInteger(kept) && kept > 0 && kept < 65_536 ? kept : 0);
  const port = (preferred > 0 ? await tryPort(preferred) : undefined) ?? (await tryPort(0));
  if (port === undefined) throw new Error("There is no free port on 127.0.0.1 for the embedded PostgreSQL.");
  if (port !== kept) await writeFile(file, `${port}\n`);
  return port;
}
