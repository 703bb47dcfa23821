import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { z } from "zod";
import { createDetector, step } from "@/lib/metrics/anomalies/detector";
import { scoreCsv } from "@/lib/metrics/anomalies/score-csv";
import { serializeState } from "@/lib/metrics/anomalies/state";
import { type Figure, printFigures } from "./report";

/**
 * The anomaly detector: microseconds a point, bytes of state, and with `--nab DIR` the score on a labelled corpus
 * (DIR has data/, windows.json and score.mjs, as docs/anomalies.md says).
 */
const { values: args } = parseArgs({ options: { nab: { type: "string" } } });

/** Ninety days of one sample a minute: a daily pattern with noise, from a fixed sequence. */
function measureSpeed(): Figure[] {
  const points = 90 * 1440;
  const state = createDetector();
  let seed = 1;
  const start = performance.now();
  for (let minute = 0; minute < points; minute++) {
    seed = (seed * 48_271) % 2_147_483_647;
    const value = 100 + 40 * Math.sin((2 * Math.PI * minute) / 1440) + (10 * seed) / 2_147_483_647;
    step(state, { at: new Date(Date.UTC(2026, 0, 1) + minute * 60_000), value });
  }
  const microseconds = ((performance.now() - start) * 1000) / points;
  const bytes = Buffer.byteLength(serializeState(state));
  return [
    { what: "one point", value: microseconds, unit: "µs", bound: { at: "most", value: 50 } },
    { what: "stored state of a series", value: bytes, unit: "bytes", bound: { at: "most", value: 8192 } },
  ];
}

async function measureScore(corpus: string): Promise<Figure[]> {
  const scores = await mkdtemp(join(tmpdir(), "anomaly-scores-"));
  try {
    const files = (await readdir(join(corpus, "data"), { recursive: true })).filter((name) => name.endsWith(".csv"));
    for (const name of files) {
      await mkdir(dirname(join(scores, name)), { recursive: true });
      await writeFile(join(scores, name), scoreCsv(await readFile(join(corpus, "data", name), "utf8")));
    }
    const scorer = [join(corpus, "score.mjs"), "--windows", join(corpus, "windows.json"), "--scores", scores, "--json"];
    const answer: unknown = JSON.parse(execFileSync(process.execPath, scorer, { encoding: "utf8" }));
    const profile = z.object({ score: z.number(), threshold: z.number() });
    const { standard, reward_low_fp, reward_low_fn } = z
      .object({ standard: profile, reward_low_fp: profile, reward_low_fn: profile })
      .parse(answer);
    return [
      { what: "standard", value: standard.score, unit: "", bound: { at: "least", value: 65 } },
      { what: "the threshold it chose", value: standard.threshold, unit: "" },
      { what: "reward low false positives", value: reward_low_fp.score, unit: "" },
      { what: "reward low false negatives", value: reward_low_fn.score, unit: "" },
    ];
  } finally {
    await rm(scores, { recursive: true });
  }
}

let met = printFigures("Anomaly detector, 129,600 points of one series", measureSpeed());
if (args.nab) met = printFigures(`Labelled corpus ${args.nab}`, await measureScore(args.nab)) && met;
process.exitCode = met ? 0 : 1;
