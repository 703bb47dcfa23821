import { formatDuration } from "@/lib/core/format";
import { Banner } from "./banner";
import { ClockTime } from "./relative-time";

/** Says that nobody is watching, and how old what one sees is. */
export function WorkerBanner({ lastSeenAt, now }: { lastSeenAt: number | null; now: number }) {
  return (
    <Banner tone="caution" urgent>
      {lastSeenAt === null ? (
        <p>
          No worker has reported yet: nothing is being checked. `npm start` starts one; its log says why it does not
          run.
        </p>
      ) : (
        <p>
          <strong className="font-semibold">
            No worker has reported for {formatDuration(Math.floor((now - lastSeenAt) / 60_000) * 60)}
          </strong>
          : what you see is from <ClockTime at={lastSeenAt} />.
        </p>
      )}
    </Banner>
  );
}
