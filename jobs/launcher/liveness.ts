import { get } from "node:http";

const EVERY_MS = 10_000;
const TIMEOUT_MS = 5_000;
const FAILURES = 3;

/** Does the web process answer? Never throws. */
export function isLive(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host, port, path: "/api/live", agent: false, timeout: TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => resolve(false));
  });
}

/**
 * Asks the web process every 10 s whether it lives, and calls back when it was silent three times in a row.
 * @param subject the process to watch; undefined while there is none, which is no failure
 * @returns a function that ends the watch
 */
export function watchLiveness<T>(
  host: string,
  port: number,
  subject: () => T | undefined,
  onSilent: (subject: T) => void,
): () => void {
  let watched: T | undefined;
  let failures = 0;
  let asking = false;
  const ask = async () => {
    const current = subject();
    if (current !== watched) failures = 0;
    watched = current;
    if (current === undefined || asking) return;
    asking = true;
    failures = (await isLive(host, port)) ? 0 : failures + 1;
    asking = false;
    if (failures < FAILURES || subject() !== current) return;
    failures = 0;
    onSilent(current);
  };
  const timer = setInterval(() => void ask(), EVERY_MS);
  return () => clearInterval(timer);
}
