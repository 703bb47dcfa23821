import { parseArgs } from "node:util";
import { SYSTEM } from "@/lib/core/actor";
import { asActor } from "@/lib/core/context";
import { createContext } from "@/lib/core/create-context";
import { SILENT } from "@/lib/core/log";
import { readEnv } from "@/lib/env";
import { flood } from "./errors/flood";
import { largeEvents } from "./errors/large-events";
import { measureReads } from "./errors/reads";
import { setErrorStage } from "./errors/stage";
import { throughput } from "./errors/throughput";
import { type Figure, percentile, printFigures } from "./report";

/**
 * The running product: envelopes a second through POST /api/{project}/envelope/, stored when they are answered, against the
 * same events inserted straight in batches; the answer's time at 200 a second; large events at once; a flood of ten times the
 * quota with a viewer and checks; reads among many events. Linux only.
 */
const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "8" },
    rounds: { type: "string", default: "3" },
    events: { type: "string", default: "1000000" },
    only: { type: "string", default: "all" },
  },
});
const seconds = Number(options.seconds);
const stage = await setErrorStage();

async function latency(): Promise<Figure[]> {
  await stage.empty();
  await stage.send({ connections: 64, seconds: 2 });
  const meter = stage.cpuMeter();
  const { stored, answers, acknowledged } = await stage.send({ connections: 64, rate: 200, seconds: 2 * seconds });
  const cpu = meter();
  const share = (spent: number) => (100 * spent) / (2 * seconds);
  return [
    { what: "200 envelopes/s: answered by 200", value: answers[200] ?? 0, unit: "" },
    { what: "latency p50", value: percentile(stored, 0.5), unit: "ms" },
    { what: "latency p99", value: percentile(stored, 0.99), unit: "ms", bound: { at: "most", value: 100 } },
    {
      what: "acknowledged and not in the table",
      value: await stage.missing(acknowledged),
      unit: "",
      bound: { at: "most", value: 0 },
    },
    { what: "CPU of one core: web", value: share(cpu.web), unit: "%" },
    { what: "CPU of one core: database", value: share(cpu.database), unit: "%" },
  ];
}

async function reads(): Promise<Figure[]> {
  await stage.empty();
  const { context, close } = createContext({ env: readEnv({}), process: "web", url: stage.databaseUrl, log: SILENT });
  const figures = await measureReads(asActor(context, SYSTEM), Number(options.events));
  await close();
  return figures;
}

const parts: Record<string, { title: string; measure: () => Promise<Figure[]> }> = {
  throughput: { title: "Events/s", measure: () => throughput(stage, seconds, Number(options.rounds)) },
  latency: { title: "Latency at 200 envelopes/s", measure: latency },
  large: { title: "Large events at once", measure: () => largeEvents(stage) },
  flood: {
    title: "A flood of ten times the quota, 500 connections",
    measure: () => flood(stage, 3 * seconds),
  },
  reads: { title: `Reads among ${options.events} events in 2,000 groups`, measure: reads },
};
let met = true;
try {
  for (const [name, { title, measure }] of Object.entries(parts))
    if (options.only === "all" || options.only.split(",").includes(name))
      met = printFigures(title, await measure()) && met;
} finally {
  await stage.close();
}
process.exit(met ? 0 : 1);
