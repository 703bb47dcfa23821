import { Card } from "@/app/_components/card";
import { numbered } from "@/app/_components/numbered";
import { ClockTime, RelativeTime } from "@/app/_components/relative-time";
import type { GroupStory } from "@/lib/errors/groups/get-group";

const HOUR_MS = 3_600_000;
const HOURS = 7 * 24;

/** How often, since when, in which releases, and how it went over the week. */
export function GroupCard({ group }: { group: GroupStory }) {
  return (
    <Card>
      <dl className="grid grid-cols-2 gap-4 text-sm sm:grid-cols-3 lg:grid-cols-6">
        <Fact name="State">{stateOf(group)}</Fact>
        <Fact name="Events">{group.eventCount.toLocaleString("en")}</Fact>
        <Fact name="Users">{group.userCount.toLocaleString("en")}</Fact>
        <Fact name="First seen">
          <RelativeTime at={group.firstSeenAt} />
          <Release name={group.firstRelease} />
        </Fact>
        <Fact name="Last seen">
          <RelativeTime at={group.lastSeenAt} />
          <Release name={group.lastRelease} />
        </Fact>
        <Fact name="Assigned to">{group.assignee?.name ?? "Nobody"}</Fact>
      </dl>
      <Trend group={group} />
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="mt-0.5 break-words text-ink">{children}</dd>
    </div>
  );
}

const Release = ({ name }: { name: string }) =>
  name ? <span className="block truncate text-xs text-muted">in {name}</span> : null;

function stateOf({ status, regressedAt, resolvedAfter, ignoredUntilCount, eventCount, ignoredUntil }: GroupStory) {
  if (status === "resolved") return resolvedAfter === null ? "Resolved" : "Resolved with the next release";
  if (status === "open") return regressedAt === null ? "Unresolved" : "Came back";
  if (ignoredUntil)
    return (
      <>
        Ignored until <ClockTime at={ignoredUntil} />
      </>
    );
  if (ignoredUntilCount !== null)
    return `Ignored for ${(ignoredUntilCount - eventCount).toLocaleString("en")} more events`;
  return "Ignored";
}

/** Events an hour over the week, as bars: an hour without any has none. */
function Trend({ group }: { group: GroupStory }) {
  const counts = new Map(group.trend.map(({ hour, count }) => [hour.getTime(), count]));
  const last = Math.max(Math.floor(group.lastSeenAt.getTime() / HOUR_MS) * HOUR_MS, ...counts.keys());
  const bars = Array.from({ length: HOURS }, (_, i) => counts.get(last - (HOURS - 1 - i) * HOUR_MS) ?? 0);
  const top = Math.max(...bars, 1);
  const total = bars.reduce((sum, count) => sum + count, 0);
  return (
    <figure className="mt-4">
      <svg
        role="img"
        aria-label={`${total.toLocaleString("en")} events in the 7 days up to the last one${total === 0 ? "" : `, at most ${top.toLocaleString("en")} in an hour`}`}
        viewBox={`0 0 ${HOURS} 40`}
        preserveAspectRatio="none"
        className="block h-12 w-full"
      >
        {numbered(bars).map(({ item: count, key: i }) =>
          count === 0 ? null : (
            <rect
              key={i}
              x={i + 0.1}
              width={0.8}
              y={40 - Math.max(1.5, (count / top) * 40)}
              height={Math.max(1.5, (count / top) * 40)}
              className="fill-accent"
            />
          ),
        )}
      </svg>
      <figcaption className="mt-1 flex justify-between border-t border-line pt-1 text-xs text-muted">
        <span>7 days before</span>
        <span className="tabular-nums">
          {total === 0 ? "none is kept" : `at most ${top.toLocaleString("en")} an hour`}
        </span>
        <span>last seen</span>
      </figcaption>
    </figure>
  );
}
