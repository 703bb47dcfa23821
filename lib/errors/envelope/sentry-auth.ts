/** A client's word for the key that it sends with, from wherever it put it. Pure. */

interface AuthPlaces {
  /** Of the address. */
  query: URLSearchParams;
  header: (name: string) => string | null;
}

/** The key of the address or the headers: they are there before the body is read. */
export function keyOfRequest({ query, header }: AuthPlaces): string | undefined {
  return (
    query.get("sentry_key") ??
    keyOfHeader(header("x-sentry-auth")) ??
    // Some clients of age, and proxies that pass only the usual headers.
    keyOfHeader(header("authorization")) ??
    undefined
  );
}

/** `Sentry sentry_version=7, sentry_key=…, sentry_client=…` */
export function keyOfHeader(value: string | null): string | undefined {
  if (value === null || !/^\s*sentry\s/i.test(value)) return undefined;
  return /(?:^|[\s,])sentry_key\s*=\s*"?([^\s,"]+)/i.exec(value)?.[1];
}

/** `https://KEY[:secret]@host/path/ID` */
export function keyOfDsn(dsn: string): { key: string; projectId: string } | undefined {
  if (!URL.canParse(dsn)) return undefined;
  const { username, pathname } = new URL(dsn);
  const projectId = pathname.split("/").findLast((part) => part !== "");
  return username === "" || projectId === undefined ? undefined : { key: username, projectId };
}
