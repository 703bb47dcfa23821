"use client";

import { useEffect, useState } from "react";
import type { ExplorerData } from "@/app/_dal/explore";

/** What our own server wrote: looked at closely enough to tell it from another page or an error. */
function isExplorerData(answer: unknown): answer is ExplorerData {
  return typeof answer === "object" && answer !== null && "panels" in answer && Array.isArray(answer.panels);
}

async function load(query: string, signal: AbortSignal): Promise<ExplorerData | string> {
  const response = await fetch(`/explore/data?${query}`, { signal, headers: { accept: "application/json" } });
  if (response.redirected || response.status === 401)
    return "You are not signed in any more: sign in again in another tab.";
  const answer: unknown = await response.json();
  if (response.ok && isExplorerData(answer)) return answer;
  const detail = typeof answer === "object" && answer !== null && "detail" in answer ? answer.detail : undefined;
  return typeof detail === "string" ? detail : `The server answered ${response.status}.`;
}

/**
 * The charts of an address: what the page came with, or what is read when the address changes. Until it is there, the charts
 * of the address before stay.
 * @param fromPage comes anew each time the page refreshes itself
 */
export function useExplorerData(query: string, fromPage: ExplorerData) {
  const [loaded, setLoaded] = useState<ExplorerData | null>(null);
  const [shown, setShown] = useState(fromPage);
  const [failure, setFailure] = useState<{ query: string; message: string } | null>(null);
  const fitting = [fromPage, ...(loaded ? [loaded] : [])].filter((data) => data.query === query);
  const best = fitting.toSorted((a, b) => b.to - a.to)[0];
  if (best && best !== shown) setShown(best);
  const problem = best || failure?.query !== query ? undefined : failure.message;
  const isWanted = best === undefined && problem === undefined;
  useEffect(() => {
    if (!isWanted) return;
    const asked = new AbortController();
    load(query, asked.signal).then(
      (answer) => {
        if (typeof answer === "string") setFailure({ query, message: answer });
        else setLoaded({ ...answer, query });
      },
      () => {
        if (!asked.signal.aborted) setFailure({ query, message: "The server cannot be reached." });
      },
    );
    return () => asked.abort();
  }, [query, isWanted]);
  return {
    data: best ?? shown,
    busy: isWanted,
    problem,
    retry: () => setFailure(null),
  };
}
