import { ENCODINGS, type Encoding } from "./edition";

/** The smallest encoding that a client takes; what it names with q=0 it does not take. Pure. */
export function chooseEncoding(acceptEncoding: string | null): Encoding {
  const weights = new Map(
    (acceptEncoding ?? "").split(",").map((part) => {
      const [name = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
      const weight = parameters.find((text) => text.startsWith("q="));
      return [name, weight === undefined ? 1 : Number(weight.slice(2))] as const;
    }),
  );
  const takes = (encoding: Encoding) => (weights.get(encoding) ?? weights.get("*") ?? 0) > 0;
  return ENCODINGS.find(takes) ?? "identity";
}

/** Does a client have this already? By If-None-Match, as RFC 9110 compares for a reading: weakly. Pure. */
export function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  const tags = new Set(ifNoneMatch.split(",").map((tag) => tag.trim().replace(/^W\//, "")));
  return tags.has("*") || tags.has(etag);
}
