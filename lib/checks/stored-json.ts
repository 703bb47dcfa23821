import type { Prisma } from "@/lib/db/generated/client";

/** Data as it stands in a jsonb column: absent values left out, dates as texts. */
export function toStoredJson(value: Readonly<Record<string, unknown>>): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(value));
}
