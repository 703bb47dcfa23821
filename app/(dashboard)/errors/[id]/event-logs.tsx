import { Card } from "@/app/_components/card";
import { LogLines } from "@/app/_components/log-lines";
import { readLogsAround } from "@/app/_dal/errors";

/** The lines of logs around an event, and why these. */
export async function EventLogs({ eventId, at }: { eventId: string; at: Date }) {
  const { reason, items } = await readLogsAround(eventId);
  return (
    <Card
      title="Logs around it"
      description={items.length > 0 ? `Of the ${reason}.` : "No line of its trace, host or project is near it."}
      flush
    >
      {items.length > 0 ? <LogLines lines={items} around={at} /> : <div className="pb-3" />}
    </Card>
  );
}
