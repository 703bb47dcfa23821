import Link from "next/link";
import { Card } from "@/app/_components/card";
import { CopyButton } from "@/app/_components/copy-button";
import { numbered } from "@/app/_components/numbered";
import { ExactTime } from "@/app/_components/relative-time";
import type { EventData } from "@/lib/errors/event";
import type { ErrorEvent } from "@/lib/errors/events/get-event";
import { tagAddress } from "../address";
import { type Fact, FactRows, FactsCard } from "./facts-card";

/** What else was sent: tags, request, user, contexts, and the whole of it as JSON. */
export function EventFacts({ event }: { event: ErrorEvent }) {
  const { data } = event;
  return (
    <>
      <Tags tags={data.tags} />
      <Request request={data.request} />
      <User user={data.user} />
      <FactsCard
        title="Event"
        facts={[
          ["Release", event.release],
          ["Distribution", data.dist],
          ["Environment", event.environment],
          ["Server", data.serverName],
          ["Transaction", data.transaction],
          ["Logger", data.logger],
          ["Platform", data.platform],
          ["SDK", data.sdk && `${data.sdk.name} ${data.sdk.version}`],
        ]}
      >
        {event.traceId === null ? null : (
          <p className="mt-3 text-xs text-muted">
            Trace{" "}
            <Link href={`/logs?trace=${event.traceId}&range=30d`} className="font-mono break-all underline">
              {event.traceId}
            </Link>
          </p>
        )}
      </FactsCard>
      <Contexts contexts={data.contexts} />
      <FactsCard title="Extra" facts={Object.entries(data.extra)} />
      <EventJson event={event} />
      {data.omitted && data.omitted.length > 0 ? (
        <p className="text-xs text-muted">Left out, since the event was too large: {data.omitted.join(", ")}.</p>
      ) : null}
    </>
  );
}

/** Each leads to the errors that have it too. */
function Tags({ tags }: Pick<EventData, "tags">) {
  if (tags.length === 0) return null;
  return (
    <Card title="Tags of this event">
      <ul className="flex flex-wrap gap-2 text-xs">
        {numbered(tags).map(({ item: [name, value], key }) => (
          <li key={key} className="max-w-full">
            <Link
              href={tagAddress(name, value)}
              prefetch={false}
              className="flex max-w-full overflow-hidden rounded-md border border-line hover:border-line-strong"
            >
              <span className="shrink-0 border-r border-line bg-sunken px-2 py-1 text-muted">{name}</span>
              <span className="min-w-0 truncate px-2 py-1 text-ink">{value}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Request({ request }: Pick<EventData, "request">) {
  if (!request) return null;
  const named = (before: string, pairs: readonly (readonly [string, string])[] = []): Fact[] =>
    pairs.map(([name, value]) => [`${before}${name}`, value]);
  return (
    <FactsCard
      title="Request"
      facts={[
        ["Address", [request.method, request.url].filter(Boolean).join(" ")],
        ...named("?", request.query),
        ...named("", request.headers),
        ...named("Cookie ", request.cookies),
        ["Body", request.data],
        ...Object.entries(request.env ?? {}),
      ]}
    />
  );
}

function User({ user }: Pick<EventData, "user">) {
  if (!user) return null;
  return (
    <FactsCard
      title="User"
      facts={[
        ["Id", user.id],
        ["Email", user.email],
        ["Name", user.username],
        ["IP address", user.ipAddress],
        ...Object.entries(user.data ?? {}),
      ]}
    />
  );
}

const TITLES: Readonly<Record<string, string>> = { os: "OS", gpu: "GPU", otel: "OpenTelemetry" };

/** `cloud_resource` → "Cloud resource" */
const titleOf = (name: string): string =>
  TITLES[name] ?? (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll("_", " ");

function Contexts({ contexts }: Pick<EventData, "contexts">) {
  const all = Object.entries(contexts);
  if (all.length === 0) return null;
  return (
    <Card title="Contexts">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-5 lg:grid-cols-[repeat(2,minmax(0,1fr))]">
        {all.map(([name, values]) => (
          <section key={name}>
            <h3 className="mb-1.5 text-xs font-medium wrap-anywhere text-ink">{titleOf(name)}</h3>
            <FactRows facts={Object.entries(values)} />
          </section>
        ))}
      </div>
    </Card>
  );
}

function EventJson({ event }: { event: ErrorEvent }) {
  const { id, groupId, occurredAt, receivedAt, level, release, environment, traceId, userKey, data } = event;
  const all = { id, groupId, occurredAt, receivedAt, level, release, environment, traceId, userKey, ...data };
  return (
    <Card flush>
      <details>
        <summary className="cursor-pointer rounded-lg px-4 py-3 text-sm font-semibold text-ink hover:bg-sunken">
          The event as JSON
        </summary>
        <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-4 py-2 text-xs text-muted">
          <span>
            Received <ExactTime at={receivedAt} />
          </span>
          <CopyButton of="event-json" label="the event as JSON" />
        </div>
        <pre
          id="event-json"
          tabIndex={0}
          aria-label="The event as JSON"
          className="max-h-[32rem] overflow-auto border-t border-line bg-sunken p-4 font-mono text-xs"
        >
          {JSON.stringify(all, null, 2)}
        </pre>
      </details>
    </Card>
  );
}
