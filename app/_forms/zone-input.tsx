"use client";

import { useZone } from "@/app/_components/zone";

/** Tells the server by which clocks times in this form are meant. */
export function ZoneInput() {
  const zone = useZone();
  return <input type="hidden" name="timezone" value={zone} />;
}
