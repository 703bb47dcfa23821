import type { Metadata } from "next";
import { Suspense } from "react";
import { readExplorerPage } from "@/app/_dal/explore";
import type { SearchParams } from "@/app/_lists/search-params";
import { Explorer } from "./explorer";
import { ExplorerSkeleton } from "./explorer-skeleton";

export const metadata: Metadata = { title: "Explore" };

/** Any series as charts: the first paint comes with its data, later changes of the address read only the data. */
export default function ExplorePage({ searchParams }: { searchParams: SearchParams }) {
  return (
    <Suspense fallback={<ExplorerSkeleton />}>
      <Loaded searchParams={searchParams} />
    </Suspense>
  );
}

async function Loaded({ searchParams }: { searchParams: SearchParams }) {
  const query = new URLSearchParams(
    Object.entries(await searchParams).flatMap(([name, value]) =>
      [value ?? []].flat().map((each): [string, string] => [name, each]),
    ),
  );
  return <Explorer {...await readExplorerPage(query.toString())} />;
}
