import { randomUUID } from "node:crypto";
import { normaliseEvent } from "@/lib/errors/normalise/normalise-event";
import { DEFAULT_SCRUB } from "@/lib/errors/scrub/scrub-settings";
import { toEventRow } from "@/lib/errors/store/event-row";
import { jsonbArray } from "@/lib/metrics/writer/array-params";
import { type Figure, percentile } from "../report";
import { sampleEvent } from "./sample-event";
import type { ErrorStage } from "./stage";

const BATCH = 400;
const median = (list: number[]) => percentile(list, 0.5);

/** The events' rows as they end up in the table, inserted in batches on one connection and nothing else: no HTTP, no reading, no groups. */
async function insertStraight({ sql, empty }: ErrorStage, seconds: number): Promise<number> {
  await empty();
  const now = new Date();
  const rows = Array.from({ length: BATCH }, (_, n) => {
    const event = normaliseEvent(sampleEvent(n), { now });
    if (!event) throw new Error("the sample is no event");
    return toEventRow({ id: 1000, scrub: DEFAULT_SCRUB }, event, now);
  });
  const at = now.toISOString();
  const groupId = randomUUID();
  const end = performance.now() + seconds * 1_000;
  const start = performance.now();
  let inserted = 0;
  while (performance.now() < end) {
    await sql.query({
      name: "insert",
      text: `INSERT INTO error_events (project_id, id, occurred_at, received_at, group_id, level, release, environment, user_key, trace_id, data)
        SELECT * FROM unnest($1::int[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::uuid[], $6::error_level[], $7::text[], $8::text[], $9::text[], $10::text[], $11::jsonb[])`,
      values: [
        rows.map(({ projectId }) => projectId),
        rows.map(() => randomUUID()),
        rows.map(() => at),
        rows.map(() => at),
        rows.map(() => groupId),
        rows.map(({ level }) => level),
        rows.map(({ release }) => release),
        rows.map(({ environment }) => environment),
        rows.map(({ user }) => user?.key ?? null),
        rows.map(({ traceId }) => traceId),
        jsonbArray(rows, ({ json }) => json),
      ],
    });
    inserted += BATCH;
  }
  return inserted / ((performance.now() - start) / 1_000);
}

/** Alternating rounds, so that a machine that grows slower or faster does not favour one. */
export async function throughput(stage: ErrorStage, seconds: number, rounds: number): Promise<Figure[]> {
  const straight: number[] = [];
  const product: number[] = [];
  const cpu = { web: [] as number[], database: [] as number[], sender: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    straight.push(await insertStraight(stage, seconds));
    await stage.empty();
    await stage.send({ connections: 32, seconds: 2 });
    const meter = stage.cpuMeter();
    const { answers, acknowledged, seconds: took } = await stage.send({ connections: 64, seconds });
    for (const [name, spent] of Object.entries(meter()))
      cpu[name as keyof typeof cpu].push((1_000 * spent) / acknowledged.length);
    if (Object.keys(answers).some((status) => status !== "200")) console.log("  answered", answers);
    product.push(acknowledged.length / took);
  }
  console.log(`  straight ${straight.map(Math.round)}, product ${product.map(Math.round)} events/s by round`);
  return [
    { what: "straight into PostgreSQL, batches of 400: events/s", value: median(straight), unit: "/s" },
    { what: "by envelopes, durable when answered: events/s", value: median(product), unit: "/s" },
    { what: "ratio", value: median(product) / median(straight), unit: "" },
    { what: "CPU an event: web", value: median(cpu.web), unit: "ms" },
    { what: "CPU an event: database", value: median(cpu.database), unit: "ms" },
    { what: "CPU an event: the benchmark's sender", value: median(cpu.sender), unit: "ms" },
  ];
}
