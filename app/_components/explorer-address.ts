"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type ExplorerAddress, readAddress, writeAddress } from "@/lib/metrics/explorer/address";

const PATH = "/explore";

/** An address of the explorer as a link goes to it. */
export function explorerPath(address: ExplorerAddress): string {
  const query = writeAddress(address);
  return query ? `${PATH}?${query}` : PATH;
}

/** Goes to an address without asking the server for the page again; back works. */
export function goToExplorer(path: string): void {
  if (path !== `${window.location.pathname}${window.location.search}`) window.history.pushState(null, "", path);
}

/** The explorer's address, and how to change a part of it. Reads the address: put it under Suspense. */
export function useExplorerAddress() {
  const text = useSearchParams().toString();
  const address = useMemo(() => readAddress(text), [text]);
  return {
    address,
    /** The same for the same content. */
    query: useMemo(() => writeAddress(address), [address]),
    change: (part: Partial<ExplorerAddress>) => goToExplorer(explorerPath({ ...address, ...part })),
  };
}
