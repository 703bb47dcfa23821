import { hostname } from "node:os";
import { messageOf } from "@/lib/core/errors";
import type { Logger } from "@/lib/core/log";
import type { Reading, Recorder, RecorderContext, Recording } from "./define-recorder";
import type { Labels, Sample } from "./sample";

/** A recorder that hangs (a dead network mount) must not hold up the others. */
const DEADLINE_MS = 8_000;

export interface RunningRecorders {
  /** Reads all of them side by side. One that throws or hangs is logged and left out. */
  record: (slot: Date) => Promise<Sample[]>;
  stop: () => void;
}

/** Starts recorders: from here on they keep what they need for differences. */
export function startRecorders(
  recorders: readonly Recorder[],
  context: RecorderContext,
  log: Logger,
): RunningRecorders {
  const running = recorders.flatMap((recorder) => {
    try {
      return [{ recorder, recording: recorder.start(context), busy: false }];
    } catch (error) {
      log.warn({ recorder: recorder.label, error: messageOf(error) }, "a metric recorder does not start");
      return [];
    }
  });
  return {
    record: async (slot) => {
      const samples = await Promise.all(
        running.map(async (one): Promise<Sample[]> => {
          if (one.busy) return [];
          one.busy = true;
          try {
            const reading = read(one.recording, slot).finally(() => (one.busy = false));
            const readings = await withDeadline(reading);
            return readings.flatMap((value) => toSample(one.recorder, value, context, slot));
          } catch (error) {
            log.warn({ recorder: one.recorder.label, error: messageOf(error) }, "a metric recorder failed");
            return [];
          }
        }),
      );
      return samples.flat();
    },
    stop: () => running.forEach(({ recording }) => recording.stop?.()),
  };
}

// Async, so that a throw and a rejection are the same.
const read = async (recording: Recording, slot: Date): Promise<Reading[]> => recording.record(slot);

function toSample(recorder: Recorder, reading: Reading, context: RecorderContext, slot: Date): Sample[] {
  const { name, value, histogram, metadata } = reading;
  const unit = recorder.metrics[name]?.unit;
  if (unit === undefined || (histogram === undefined && !Number.isFinite(value))) return [];
  const series = { name, unit, metadata: { ...scopeLabels(recorder, context), ...metadata }, recordedAt: slot };
  if (histogram === undefined) return [{ ...series, value }];
  return [{ ...series, kind: "distribution", temporality: "delta", histogram }];
}

/** The labels that tell one host's and one process's values from another's. */
export function scopeLabels({ scope }: Pick<Recorder, "scope">, context: Pick<RecorderContext, "process">): Labels {
  switch (scope) {
    case "cluster":
      return {};
    case "host":
      return { host: hostname() };
    case "process":
      return { host: hostname(), process: context.process };
  }
}

async function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`did not answer within ${DEADLINE_MS / 1000} s`)), DEADLINE_MS);
    timer.unref();
  });
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer));
}
