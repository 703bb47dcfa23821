"use client";

import { usePathname } from "next/navigation";
import { ExplorerRange } from "./explorer-range";
import { RangePicker } from "./range-picker";

/** The pages whose content has a time range: the overview and a check's own page. */
const RANGED = /^\/(?:checks\/(?!new$)[^/]+)?$/;

/** The range picker on the pages that show time; nothing elsewhere. */
export function TopRange() {
  const path = usePathname();
  if (path === "/explore") return <ExplorerRange />;
  return RANGED.test(path) ? <RangePicker /> : null;
}
