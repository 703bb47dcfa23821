import type { Pool } from "pg";
import type { z } from "zod";
import { type MetricKind, type Sample, seriesKeySchema } from "../sample";
import { createGenerationCache } from "./generation-cache";
import { findSeries, type SeriesLimits } from "./find-series";
import { cacheKey, type SeriesRef } from "./series-ref";

/** So many series keep their number in memory, about 300 bytes each; the rest are looked up again. */
const MAX_CACHED = 50_000;
/** Those that are refused: remembered for a while, so that who sends them on and on costs no look-up each time. */
const MAX_REFUSED = 5_000;
const REFUSED_MS = 10_000;

/** The series that this process knows. */
export interface SeriesRegistry {
  /** The series of a sample, perhaps not resolved yet; or why name, unit or labels are not what a series may have. */
  refer: (sample: Sample, kind: MetricKind, createdBy: string | null) => SeriesRef | InvalidSeries;
  /** Resolves those that are not: afterwards each has its number or says why it was refused. */
  resolve: (refs: Iterable<SeriesRef>, limits: SeriesLimits) => Promise<void>;
}

/** Why name, unit or labels are not what a series may have. */
export interface InvalidSeries {
  path: string;
  message: string;
}

interface Refused {
  message: string;
  untilMs: number;
}

export function createSeriesRegistry(sql: Pool): SeriesRegistry {
  const known = createGenerationCache<SeriesRef>(MAX_CACHED);
  const refused = createGenerationCache<Refused>(MAX_REFUSED);
  const unresolved = new Map<string, SeriesRef>();

  return {
    refer: ({ name, unit, metadata }, kind, createdBy) => {
      const key = cacheKey(name, unit, metadata);
      const found = key === undefined ? undefined : known.get(key);
      if (found) return found;
      // Only now: what is in the cache was looked at when it came first.
      const parsed = seriesKeySchema.safeParse({ name, unit, metadata });
      if (key === undefined || !parsed.success) return firstIssue(parsed.error);
      // By token: what one may not make another may.
      const asked = `${createdBy}\0${key}`;
      const open = unresolved.get(asked);
      if (open) return open;
      const no = refused.get(asked);
      const refusal = no && performance.now() < no.untilMs ? no.message : undefined;
      const ref: SeriesRef = {
        name,
        unit,
        metadata,
        id: 0,
        kind,
        createdBy,
        refusal,
        startedMs: undefined,
        key,
        asked,
      };
      if (refusal === undefined) unresolved.set(asked, ref);
      return ref;
    },
    resolve: async (refs, limits) => {
      const open = [...new Set(refs)].filter(({ id, refusal }) => id === 0 && refusal === undefined);
      if (open.length === 0) return;
      try {
        await findSeries(sql, open, limits);
      } finally {
        for (const ref of open) {
          if (unresolved.get(ref.asked) === ref) unresolved.delete(ref.asked);
          if (ref.id > 0) known.set(ref.key, ref);
          else if (ref.refusal !== undefined)
            refused.set(ref.asked, { message: ref.refusal, untilMs: performance.now() + REFUSED_MS });
        }
      }
    },
  };
}

function firstIssue(error: z.ZodError | undefined): InvalidSeries {
  const [issue] = error?.issues ?? [];
  return {
    path: issue?.path.map(String).join(".") ?? "metadata",
    message: issue?.message ?? "must be text, numbers and booleans",
  };
}
