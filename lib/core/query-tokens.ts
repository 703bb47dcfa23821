import { Problem } from "./errors";

/** The words of a search, as people type them: `key:value`, `!key:value`, words, "several words". Pure. */

/** What is wrong with the query, and where. */
export interface QueryFault {
  /** In characters from 0. */
  at: number;
  length: number;
  message: string;
}

export interface QueryToken {
  at: number;
  length: number;
  not: boolean;
  key: string;
  value: string;
}

const TOKEN = /(!?)(?:([A-Za-z_][\w.-]*):(?!\/\/|\s|$))?(?:"((?:[^"\\]|\\.)*)("?)|(\S+))/gy;

/** @param faults is added to */
export function* readTokens(query: string, faults: QueryFault[]): Generator<QueryToken> {
  const pattern = new RegExp(TOKEN);
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query[at] ?? "")) {
      at += 1;
      continue;
    }
    pattern.lastIndex = at;
    const match = pattern.exec(query);
    if (!match) return;
    const [text, not = "", key = "", quoted, closing, plain] = match;
    const length = text.length;
    if (quoted !== undefined && closing === "")
      faults.push({ at, length, message: 'a quote is not closed: write " at its end' });
    else if (not === "!" && key === "" && plain === undefined && quoted === undefined)
      faults.push({ at, length, message: "nothing stands after !" });
    else yield { at, length, not: not === "!", key, value: quoted?.replaceAll(/\\(.)/g, "$1") ?? plain ?? "" };
    at += length;
  }
}

/** @throws Problem invalid, each fault at its place in the query */
export function assertNoFaults(query: string, faults: readonly QueryFault[]): void {
  if (faults.length === 0) return;
  const issues = faults.map(({ at, length, message }) => ({
    path: "query",
    message: `${query.slice(at, at + length)} (at ${at + 1}): ${message}`,
  }));
  throw new Problem("invalid", `The query is not valid: ${issues.map(({ message }) => message).join("; ")}`, issues);
}
