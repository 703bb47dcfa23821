"use client";

import { useEffect } from "react";
import { askReachability } from "./reachability";

const EVERY_MS = 5_000;

/** On an error page: shows the page again as soon as the server and its database answer, for a screen that nobody sits at. */
export function RetryByItself({ retry }: { retry: () => void }) {
  useEffect(() => {
    const timer = setInterval(() => void askReachability().then((now) => now === "all" && retry()), EVERY_MS);
    return () => clearInterval(timer);
  }, [retry]);
  return null;
}
