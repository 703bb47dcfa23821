import { ButtonLink } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { LogLines } from "@/app/_components/log-lines";
import { readLogsAround } from "@/app/_dal/errors";
import type { ErrorEvent } from "@/lib/errors/events/get-event";
import type { AroundReason } from "@/lib/logs/list-logs-around";
import { logAddress } from "../../logs/address";

/** So many lines before and after are shown here; Logs has the rest. */
const BEFORE = 20;
const AFTER = 10;

/** The lines of logs around an event, and why these. */
export async function EventLogs({ event }: { event: ErrorEvent }) {
  const { reason, items } = await readLogsAround(event.id);
  const before = items.filter(({ at }) => at <= event.occurredAt).length;
  const near = items.slice(Math.max(0, before - BEFORE), before + AFTER);
  return (
    <Card
      title="Logs around it"
      description={items.length > 0 ? `Of the ${reason}.` : "No line of its trace, host or project is near it."}
      aside={
        <ButtonLink href={addressOf(event, items.length > 0 ? reason : null)} small prefetch={false}>
          {items.length > 0 ? "Open in Logs" : "Everything at that time"}
        </ButtonLink>
      }
      flush
    >
      {items.length > 0 ? <LogLines lines={near} around={event.occurredAt} /> : <div className="pb-1" />}
    </Card>
  );
}

/** @param reason why lines are shown; null where there are none: then all that was written at that time */
function addressOf({ traceId, occurredAt, projectId, data }: ErrorEvent, reason: AroundReason | null): string {
  const around = occurredAt.toISOString();
  if (reason === "same trace" && traceId !== null) return logAddress({ trace: traceId, around });
  if (reason === "same host and time" && data.serverName !== undefined)
    return logAddress({ query: `host.name:"${data.serverName.replaceAll(/["\\]/g, "\\$&")}"`, around });
  return logAddress(reason === null ? { around } : { project: projectId, around });
}
