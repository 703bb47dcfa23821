"use client";

import { EXPLORER_RANGES, keyOf } from "@/lib/metrics/explorer/ranges";
import { explorerPath, goToExplorer, useExplorerAddress } from "./explorer-address";
import { RangeLinks } from "./range-picker";

/** The explorer's time range; choosing one leaves what was zoomed in on. Reads the address: put it under Suspense. */
export function ExplorerRange() {
  const { address } = useExplorerAddress();
  const addressOf = (name: string) =>
    explorerPath({ ...address, zoom: undefined, range: keyOf(EXPLORER_RANGES, name) ?? address.range });
  return (
    <RangeLinks
      names={Object.keys(EXPLORER_RANGES)}
      current={address.zoom ? undefined : address.range}
      addressOf={addressOf}
      onGo={goToExplorer}
    />
  );
}
