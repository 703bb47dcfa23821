import type { Context } from "@/lib/core/context";
import { type ScrubSettings, readScrubSettings } from "../scrub/scrub-settings";
import { BELIEVED_MS, projectCache } from "./project-cache";

/** What a receiver needs to know of the project that it stores for. */
export interface Destination {
  id: number;
  name: string;
  quota: number | null;
  scrub: ScrubSettings;
}

const PUBLIC_KEY = /^[0-9a-f]{32}$/;
const TOUCH_EVERY_MS = 60_000;

/**
 * The project of a key; null when there is no such key or it was revoked. Asked of the database at most every 10 s;
 * `last_used_at` is written at most once a minute.
 */
export async function findKey(context: Context, given: string): Promise<Destination | null> {
  const key = plain(given);
  if (!PUBLIC_KEY.test(key)) return null;
  return projectCache(context).get(`key:${key}`, BELIEVED_MS, () => load(context, key));
}

/** The same of what this process remembers; undefined where it would have to ask. */
export const knownKey = (context: Context, given: string): Destination | null | undefined =>
  projectCache(context).peek(`key:${plain(given)}`);

/** SDKs of some age send it as a UUID. */
const plain = (given: string): string => given.toLowerCase().replaceAll("-", "");

async function load({ db, now }: Context, publicKey: string): Promise<Destination | null> {
  const row = await db.projectKey.findUnique({
    where: { publicKey },
    select: {
      id: true,
      revokedAt: true,
      lastUsedAt: true,
      project: { select: { id: true, name: true, quota: true, scrub: true } },
    },
  });
  if (!row || row.revokedAt) return null;
  const at = now();
  const stale = new Date(at.getTime() - TOUCH_EVERY_MS);
  if (!row.lastUsedAt || row.lastUsedAt <= stale)
    await db.projectKey.updateMany({
      where: { id: row.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: stale } }] },
      data: { lastUsedAt: at },
    });
  return { ...row.project, scrub: readScrubSettings(row.project.scrub) };
}
