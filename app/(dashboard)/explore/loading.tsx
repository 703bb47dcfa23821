import { ExplorerSkeleton } from "./explorer-skeleton";

export default function Loading() {
  return <ExplorerSkeleton />;
}
