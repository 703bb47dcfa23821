import Link from "next/link";
import { Card } from "@/app/_components/card";
import { numbered } from "@/app/_components/numbered";
import type { ErrorEvent } from "@/lib/errors/events/get-event";

type Pair = readonly [name: string, value: unknown];

/** What else was sent: tags, request, user, contexts, and the whole of it as JSON. */
export function EventFacts({ event }: { event: ErrorEvent }) {
  const { data } = event;
  const { request, user } = data;
  return (
    <>
      <Facts
        title="Event"
        pairs={[
          ["Release", event.release],
          ["Environment", event.environment],
          ["Server", data.serverName],
          ["Transaction", data.transaction],
          ["Logger", data.logger],
          ["SDK", data.sdk && `${data.sdk.name} ${data.sdk.version}`],
          ...data.tags,
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
      </Facts>
      {request ? (
        <Facts
          title="Request"
          pairs={[
            ["Address", [request.method, request.url].filter(Boolean).join(" ")],
            ...(request.query ?? []).map(([name, value]): Pair => [`?${name}`, value]),
            ...(request.headers ?? []),
            ["Body", request.data],
          ]}
        />
      ) : null}
      {user ? (
        <Facts
          title="User"
          pairs={[
            ["Id", user.id],
            ["Email", user.email],
            ["Name", user.username],
            ["Address", user.ipAddress],
            ...Object.entries(user.data ?? {}),
          ]}
        />
      ) : null}
      {Object.entries(data.contexts).map(([name, values]) => (
        <Facts key={name} title={name} pairs={Object.entries(values)} />
      ))}
      <Facts title="Extra" pairs={Object.entries(data.extra)} />
      <Card flush>
        <details>
          <summary className="cursor-pointer rounded-lg px-4 py-3 text-sm font-semibold text-ink hover:bg-sunken">
            The event as JSON
          </summary>
          <pre
            tabIndex={0}
            aria-label="The event as JSON"
            className="max-h-[32rem] overflow-auto border-t border-line bg-sunken p-4 font-mono text-xs"
          >
            {JSON.stringify(data, null, 2)}
          </pre>
        </details>
      </Card>
      {data.omitted && data.omitted.length > 0 ? (
        <p className="text-xs text-muted">Left out, since the event was too large: {data.omitted.join(", ")}.</p>
      ) : null}
    </>
  );
}

function Facts({ title, pairs, children }: { title: string; pairs: readonly Pair[]; children?: React.ReactNode }) {
  const shown = pairs.filter(([, value]) => value !== undefined && value !== null && value !== "");
  if (shown.length === 0 && !children) return null;
  return (
    <Card title={title}>
      <dl className="grid grid-cols-[minmax(0,10rem)_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
        {numbered(shown).map(({ item: [name, value], key }) => (
          <div key={key} className="contents">
            <dt className="break-words text-muted">{name}</dt>
            <dd className="break-words text-ink">{typeof value === "string" ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
      {children}
    </Card>
  );
}
