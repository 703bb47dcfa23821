const BASE = "http://watchkeeper.invalid";

/**
 * Where to go after signing in: a path of this site, never another site's address. Pure.
 * @returns "/" for anything else
 */
export function returnPath(wanted: unknown): string {
  // "//host" and "/\host" are other sites to a browser.
  if (typeof wanted !== "string" || !/^\/(?![/\\])/.test(wanted)) return "/";
  if (!URL.canParse(wanted, BASE)) return "/";
  const url = new URL(wanted, BASE);
  if (
    url.origin !== BASE ||
    url.pathname.startsWith("//") ||
    url.pathname === "/sign-in" ||
    url.pathname.startsWith("/api/")
  )
    return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
