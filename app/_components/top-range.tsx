"use client";

import { usePathname } from "next/navigation";
import { RangePicker } from "./range-picker";

/** The pages whose content has a time range: the overview and a check's own page. */
const RANGED = /^\/(?:checks\/(?!new$)[^/]+)?$/;

/** The range picker on the pages that show time; nothing elsewhere. */
export function TopRange() {
  return RANGED.test(usePathname()) ? <RangePicker /> : null;
}
