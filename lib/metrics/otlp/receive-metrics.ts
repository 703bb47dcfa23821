import type { Context } from "@/lib/core/context";
import type { Sample } from "../sample";
import { writeSamples } from "../write-samples";
import type { RejectedSample } from "../writer/rows";
import type { VisitPoint } from "./model";
import { DecodeFault } from "./protobuf";
import { toSamples } from "./to-samples";

/** Most data points of one request that are stored; a collector sends 8,192 by default. */
export const MAX_POINTS = 50_000;
/** About so much is handed to the writer at once, a value counting 1 and a bucket 1: between two, others get their turn. */
const CHUNK_WEIGHT = 10_000;
/** Most reasons that an answer tells, and most characters of one. */
const MAX_REASONS = 5;
const MAX_REASON_LENGTH = 300;

/** What was not stored: OTLP's partial success. */
export interface Rejection {
  dataPoints: number;
  message: string;
}

/**
 * Stores the data points of one OTLP request; those that can't be stored cost the others nothing. Sending the same again
 * changes nothing.
 * @param decode reads the request point by point
 * @returns undefined when all was stored
 * @throws DecodeFault when the frame around the points is broken: then nothing was stored. Problem forbidden, overloaded
 */
export async function receiveMetrics(
  context: Context,
  decode: (visit: VisitPoint) => void,
): Promise<Rejection | undefined> {
  const { samples, places, faults } = collect(decode);
  let start = 0;
  for (const chunk of chunksOf(samples)) {
    const { rejected } = await writeSamples(context, chunk);
    for (const one of rejected) {
      const index = start + one.index;
      faults.add(places[index], describe(samples[index]?.name ?? "", one));
    }
    start += chunk.length;
  }
  return faults.rejection();
}

interface Collected {
  samples: Sample[];
  /** The number of the point that each sample comes from. */
  places: number[];
  faults: Faults;
}

/** Reads points into samples; pure. */
export function collect(decode: (visit: VisitPoint) => void): Collected {
  const samples: Sample[] = [];
  const places: number[] = [];
  const faults = createFaults();
  let count = 0;
  decode((metric, decodePoint) => {
    const place = count;
    count += 1;
    if (place >= MAX_POINTS)
      return faults.add(undefined, `at most ${MAX_POINTS.toLocaleString("en")} data points of one request are stored`);
    try {
      const point = decodePoint();
      if (hasNoValue(point.flags)) return;
      for (const sample of toSamples(metric, point)) {
        samples.push(sample);
        places.push(place);
      }
    } catch (error) {
      if (!(error instanceof DecodeFault)) throw error;
      faults.add(place, `${shownName(metric.name)}: ${error.message}`);
    }
  });
  return { samples, places, faults };
}

/** Bit 0 of the flags, NO_RECORDED_VALUE: the series has ended or was not measured. */
const hasNoValue = (flags: number): boolean => flags % 2 === 1;

interface Faults {
  /** @param place the point's number, undefined when nothing else can be said about it */
  add: (place: number | undefined, reason: string) => void;
  rejection: () => Rejection | undefined;
}

function createFaults(): Faults {
  const reasons = new Set<string>();
  const places = new Set<number>();
  let others = 0;
  let more = false;
  return {
    add: (place, reason) => {
      if (place === undefined) others += 1;
      else places.add(place);
      const shown = reason.length > MAX_REASON_LENGTH ? `${reason.slice(0, MAX_REASON_LENGTH)}…` : reason;
      if (reasons.size < MAX_REASONS) reasons.add(shown);
      else if (!reasons.has(shown)) more = true;
    },
    rejection: () => {
      const dataPoints = places.size + others;
      if (dataPoints === 0) return undefined;
      return { dataPoints, message: [...reasons, ...(more ? ["and more"] : [])].join("; ") };
    },
  };
}

const shownName = (name: string): string =>
  name === "" ? "a metric without a name" : name.length > 100 ? `${name.slice(0, 100)}…` : name;

/** The writer's messages that begin with the series are whole; the others say what a field must be. */
function describe(name: string, { path, message }: RejectedSample): string {
  if (message.startsWith(name) || path === "") return message;
  return `${shownName(name)}: ${path} ${message}`;
}

function* chunksOf(samples: readonly Sample[]): Generator<Sample[]> {
  let chunk: Sample[] = [];
  let weight = 0;
  for (const sample of samples) {
    chunk.push(sample);
    weight += sample.kind === "distribution" ? 1 + sample.histogram.buckets.length : 1;
    if (weight < CHUNK_WEIGHT) continue;
    yield chunk;
    chunk = [];
    weight = 0;
  }
  if (chunk.length > 0) yield chunk;
}
