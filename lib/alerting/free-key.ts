import { Problem } from "@/lib/core/errors";

/** "Shop: front page" → "shop-front-page"; with a number where that is taken. Pure. */
export function freeKey(label: string, fallback: string, taken: ReadonlySet<string>): string {
  const slug =
    label
      .normalize("NFKD")
      .replaceAll(/\p{Mark}/gu, "")
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "")
      .slice(0, 56)
      .replace(/-$/, "") || fallback;
  if (!taken.has(slug)) return slug;
  let number = 2;
  while (taken.has(`${slug}-${number}`)) number += 1;
  return `${slug}-${number}`;
}

export function keyIsTaken(key: string): Problem {
  const message = `The key "${key}" is taken.`;
  return new Problem("conflict", message, [{ path: "key", message }]);
}
