import { Problem } from "./errors";

const MAX_SLUG = 56;

/** "Shop: front page" → "shop-front-page". @param fallback for a label without a letter or digit. Pure. */
export function slugOf(label: string, fallback: string): string {
  const slug = label
    .normalize("NFKD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, MAX_SLUG)
    .replace(/-$/, "");
  return slug || fallback;
}

/** A label as a key, with a number where that is taken. Pure. */
export function freeKey(label: string, fallback: string, taken: ReadonlySet<string>): string {
  const slug = slugOf(label, fallback);
  if (!taken.has(slug)) return slug;
  let number = 2;
  while (taken.has(`${slug}-${number}`)) number += 1;
  return `${slug}-${number}`;
}

export function keyTaken(key: string): Problem {
  const message = `The key "${key}" is taken.`;
  return new Problem("conflict", message, [{ path: "key", message }]);
}
