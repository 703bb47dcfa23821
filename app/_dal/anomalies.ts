import "server-only";
import { may } from "@/lib/core/actor";
import { type Anomaly, listAnomalies } from "@/lib/metrics/anomalies/list-anomalies";
import { pageContext } from "./session";

/** One page of the anomalies, the latest first: one statement. */
export async function readAnomalies(filter: {
  show: "unexpected" | "all";
  /** A part of the metric's name. */
  query: string;
  cursor: string | undefined;
}): Promise<{ items: Anomaly[]; next: string | null; mayEdit: boolean }> {
  const context = await pageContext();
  const { items, next } = await listAnomalies(context, { ...filter, limit: 50 });
  return { items, next, mayEdit: may(context.actor, "metrics:write") };
}
