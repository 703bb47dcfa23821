"use client";

import { usePathname } from "next/navigation";
import { RangePicker } from "./range-picker";

/** The range picker on the pages that show time; nothing elsewhere. */
export function TopRange() {
  return usePathname() === "/" ? <RangePicker /> : null;
}
