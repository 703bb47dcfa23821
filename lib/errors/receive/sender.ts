import type { Context } from "@/lib/core/context";
import { Problem } from "@/lib/core/errors";
import { keyOfDsn } from "../envelope/sentry-auth";
import { type Destination, findKey } from "../projects/find-key";

/**
 * Whom a client sends for: its key must belong to the project that it names in the path.
 * @param key of the address or the headers @param dsn of the envelope, where those have none
 * @throws Problem unauthenticated without a key, forbidden when it is not the project's
 */
export async function findSender(
  context: Context,
  projectId: number,
  { key, dsn }: { key?: string | undefined; dsn?: string | undefined },
): Promise<Destination> {
  const given = key ?? (dsn === undefined ? undefined : keyOfDsn(dsn)?.key);
  if (given === undefined)
    throw new Problem("unauthenticated", "Send the project's key: sentry_key in the address, or X-Sentry-Auth.");
  const destination = await findKey(context, given);
  if (destination?.id !== projectId)
    throw new Problem("forbidden", "The key is unknown, revoked or another project's; the project page has the DSN.");
  return destination;
}
