import type { Level, NormalEvent } from "../event";
import { mainException, uncaughtBy } from "../event";
import type { GroupKey } from "../grouping/algorithm";
import { groupKeys } from "../grouping/algorithm";
import { type Title, titleOf } from "../grouping/title";
import type { Destination } from "../projects/find-key";
import { FILTERED } from "../scrub/scrub-text";
import { scrubberOf } from "../scrub/scrubber";

/** What became of an event. */
export interface EventOutcome {
  result: "stored" | "duplicate" | "refused";
  /** Why it was refused. */
  reason?: string;
  groupId?: string;
}

/** An event on its way into the database: scrubbed, and with all that is counted of it. */
export interface EventRow {
  projectId: number;
  id: string;
  occurredAt: Date;
  receivedAt: Date;
  keys: readonly GroupKey[];
  title: Title;
  level: Level;
  release: string;
  environment: string;
  traceId: string | null;
  user: { key: string; email: string; username: string; ipAddress: string } | null;
  tags: readonly (readonly [key: string, value: string])[];
  json: string;
}

/** @param keysOf by which keys an event finds its group. Pure. */
export function toEventRow(
  destination: Pick<Destination, "id" | "scrub">,
  event: NormalEvent,
  receivedAt: Date,
  keysOf = groupKeys,
): EventRow {
  const scrubbed = scrubberOf(destination.scrub).event(event);
  const { data } = scrubbed;
  return {
    projectId: destination.id,
    id: event.id,
    occurredAt: event.occurredAt,
    receivedAt,
    keys: keysOf(data),
    title: titleOf(data),
    level: event.level,
    release: scrubbed.release,
    environment: scrubbed.environment,
    traceId: event.traceId,
    user: userOf(scrubbed),
    tags: tagsOf(scrubbed),
    json: JSON.stringify(data),
  };
}

/** One user is one key: the first that is known of id, e-mail, name and address. */
function userOf({ data: { user } }: NormalEvent): EventRow["user"] {
  if (!user) return null;
  const known = (value: string | undefined): string => (value === undefined || value === FILTERED ? "" : value);
  const [id, email, username, ipAddress] = [user.id, user.email, user.username, user.ipAddress].map(known);
  const named = Object.entries({ id, email, username, ip: ipAddress }).find(([, value]) => value);
  if (!named) return null;
  return { key: named.join(":"), email: email ?? "", username: username ?? "", ipAddress: ipAddress ?? "" };
}

const MAX_TAG = 200;

/** The sender's tags, and what else is worth counting: shown beside the group, and searched by. */
function tagsOf({ data, level, release, environment }: NormalEvent): [string, string][] {
  const handled = uncaughtBy(data) ? false : mainException(data)?.mechanism?.handled;
  const context = (name: string): string => {
    const fields = data.contexts[name];
    return [fields?.["name"], fields?.["version"]].filter((part) => typeof part === "string").join(" ");
  };
  const known: [string, string | undefined][] = [
    ["level", level],
    ["release", release],
    ["environment", environment],
    ["server_name", data.serverName],
    ["transaction", data.transaction],
    ["logger", data.logger],
    ["handled", handled === undefined ? undefined : handled ? "yes" : "no"],
    ["browser", context("browser")],
    ["os", context("os")],
    ["runtime", context("runtime")],
  ];
  const tags = new Map(data.tags);
  for (const [key, value] of known) if (value) tags.set(key, value.slice(0, MAX_TAG).replace(/[\uD800-\uDBFF]$/, ""));
  return [...tags];
}
