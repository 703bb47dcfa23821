"use client";

import Link from "next/link";
import { useZone } from "@/app/_components/zone";

/** To the same figures by the viewer's own clock, where that is another. */
export function ZoneLink({ path, months, timezone }: { path: string; months: number; timezone: string }) {
  const zone = useZone();
  if (zone === timezone) return null;
  const query = new URLSearchParams({ months: String(months), ...(zone !== "UTC" && { timezone: zone }) });
  return (
    <Link
      href={`${path}?${query}`}
      prefetch={false}
      className="font-medium whitespace-nowrap text-accent underline underline-offset-2"
    >
      Use {zone}
    </Link>
  );
}
