import { createHash } from "node:crypto";

/** The same id for the same thing of the demo each time: seeding again finds its own and nothing else. */
export function demoId(kind: string, name: string): string {
  const hex = createHash("sha256").update(`watchkeeper demo ${kind} ${name}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
