import { z } from "zod";

const labels = z.record(z.string(), z.coerce.string()).catch({});

/** "queue_size, queue mail" Pure. */
export function seriesTitle(name: string, metadata: unknown): string {
  const parts = Object.entries(labels.parse(metadata)).map(([label, value]) => `${label} ${value}`);
  return [name, ...parts].join(", ");
}
