"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Banner } from "./banner";
import { type Reachability, askReachability } from "./reachability";
import { ClockTime } from "./relative-time";
import { refreshDelay, wishOf, type Wish } from "./refresh-policy";

const STREAM = "/api/v1/stream";
const RECONNECT_MS = 5_000;

/**
 * Renders the page again when something changed: at once after a flip, within seconds after other changes, and each
 * 10 s anyway. It keeps what has the focus, and says so when the server cannot be reached.
 */
export function LiveRefresh() {
  const router = useRouter();
  const [lost, setLost] = useState<Lost | null>(null);
  useEffect(() => startRefreshing(() => router.refresh(), setLost), [router]);
  if (lost === null) return null;
  return (
    <div className="fixed inset-x-4 bottom-4 z-40 mx-auto max-w-xl">
      <Banner tone="caution">
        <p>
          {lost.reachable === "no-database"
            ? "Watchkeeper's database does not answer"
            : "The connection to Watchkeeper is lost"}
          ; trying again. What you see is from <ClockTime at={lost.since} />.
        </p>
      </Banner>
    </div>
  );
}

interface Lost {
  since: number;
  reachable: Exclude<Reachability, "all">;
}

/** Starts the timer and the stream; the returned function stops both. */
function startRefreshing(refresh: () => void, onLost: (lost: Lost | null) => void): () => void {
  let wish: Wish = "none";
  let last = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stream: EventSource | undefined;
  let stopped = false;

  const schedule = () => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void run(), refreshDelay(wish, document.hidden, Date.now() - last));
  };
  const run = async () => {
    // Asked first, because a refresh without the server or its database would replace what stands here by an error page.
    const reachable = await askReachability();
    if (stopped) return;
    onLost(reachable === "all" ? null : { since: last, reachable });
    if (reachable === "all") {
      last = Date.now();
      wish = "none";
      refresh();
      schedule();
    } else {
      timer = setTimeout(() => void run(), RECONNECT_MS);
    }
  };
  const hear = (event: MessageEvent) => {
    const heard = wishOf(event.data);
    if (wish !== "flip") wish = heard;
    schedule();
  };
  // What changed since the page was rendered, or while the stream was down, was not heard.
  const catchUp = () => {
    if (wish === "none") wish = "change";
    schedule();
  };
  const connect = () => {
    stream?.close();
    stream = document.hidden ? undefined : new EventSource(STREAM);
    stream?.addEventListener("open", catchUp);
    stream?.addEventListener("message", hear);
    stream?.addEventListener("change", hear);
  };
  // The browser reconnects by itself, except after an answer that was no stream.
  const keeper = setInterval(() => stream?.readyState === EventSource.CLOSED && connect(), RECONNECT_MS);
  const turn = () => {
    connect();
    schedule();
  };

  document.addEventListener("visibilitychange", turn);
  connect();
  schedule();
  return () => {
    stopped = true;
    clearTimeout(timer);
    clearInterval(keeper);
    stream?.close();
    document.removeEventListener("visibilitychange", turn);
  };
}
