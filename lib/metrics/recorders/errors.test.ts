import { expect, test } from "vitest";
import { makePartitions } from "@/lib/db/partitions";
import { deleteProject } from "@/lib/errors/projects/delete-project";
import { makeProject, send, thrown } from "@/lib/testing/errors";
import { createTestContext } from "@/lib/testing/test-context";
import { getMetrics } from "../get-metrics";
import { recordClusterMetrics } from "../record-cluster-metrics";
import { errors } from "./errors";

const context = await createTestContext();
const START = new Date("2026-11-27T12:00:00Z");
const at = (seconds: number) => new Date(START.getTime() + seconds * 1000);
await makePartitions(context.sql, at(-86_400), at(86_400));
const minute = (n: number) => recordClusterMetrics(context, at(n * 60), [errors]);

/** A value a minute of the first six, by project and level. */
async function lines(): Promise<Record<string, (number | null)[]>> {
  const query = { name: "error_events", from: at(60), to: at(7 * 60), step: 60, agg: "sum" as const };
  const { series } = await getMetrics(context, query);
  return Object.fromEntries(
    series.map(({ metadata, points }) => [
      `${metadata["project"]} ${metadata["level"]}`,
      points.map(({ value }) => value),
    ]),
  );
}

test("events of each project and level are counted by the minute: none is 0 while the project is there, and no worker is a gap", async () => {
  const happens = async (seconds: number, project: { id: number }, ...levels: string[]) => {
    context.setNow(at(seconds));
    await send(context, project, ...levels.map((level) => thrown("cart", { level })));
  };
  context.setNow(START);
  const [shop, till] = [await makeProject(context, { name: "shop" }), await makeProject(context, { name: "till" })];
  await minute(1);
  await happens(80, shop, "error", "error", "warning");
  // What comes in the last moments counts to the next minute, so that nothing is missed that is being stored.
  await happens(116, shop, "error");
  await happens(117, till, "fatal");
  await minute(2);
  await minute(3);
  // An event that happened an hour ago and comes now is an event of now.
  context.setNow(at(190));
  await send(context, till, thrown("cart", { timestamp: at(-3_600).toISOString() }));
  await minute(4);
  // Nobody is there in the fifth minute.
  await deleteProject(context, { id: till.id });
  await minute(6);
  context.setNow(at(600));
  expect(await lines()).toEqual({
    "shop error": [0, 2, 1, 0, null, 0],
    "shop warning": [null, 1, 0, 0, null, 0],
    "till error": [0, 0, 0, 1, null, null],
    "till fatal": [null, null, 1, 0, null, null],
  });
});
