import { expect, test } from "vitest";
import { createTestContext } from "@/lib/testing/test-context";
import { listLatest } from "./list-latest";
import { writeSamples } from "./write-samples";

const context = await createTestContext();
const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test("the newest sample of each series that is not silent, the newest first", async () => {
  const gauge = (name: string, path: string, seconds: number, value: number) => {
    return { name, unit: "", metadata: { path }, recordedAt: ago(seconds), value };
  };
  await writeSamples(context, [
    gauge("disk", "/", 120, 1),
    gauge("disk", "/", 60, 2),
    gauge("disk", "/data", 0, 3),
    gauge("disk", "/data", -60, 4),
    gauge("disk", "/old", 301, 5),
    gauge("other", "/", 0, 6),
  ]);
  expect(await listLatest(context, { names: ["disk", "nothing"], at: now, withinSeconds: 300 })).toEqual([
    { name: "disk", metadata: { path: "/data" }, recordedAt: ago(0), value: 3 },
    { name: "disk", metadata: { path: "/" }, recordedAt: ago(60), value: 2 },
  ]);
});
