import type { Histogram, HistogramBucket } from "../sample";

/**
 * A histogram as bytes, for its series' state: count, sum, min and max, then lower bound, upper bound and count of each
 * bucket, as doubles in network order (what PostgreSQL's float8send gives). NaN stands for what is not known.
 */
const DOUBLE = 8;
const HEAD = 4 * DOUBLE;
const BUCKET = 3 * DOUBLE;

export function encodeHistogram({ count, sum, min, max, buckets }: Histogram): Buffer {
  const bytes = Buffer.allocUnsafe(HEAD + BUCKET * buckets.length);
  let at = 0;
  const put = (value: number) => void (at = bytes.writeDoubleBE(value, at));
  for (const value of [count, sum, min, max]) put(value ?? Number.NaN);
  for (const bucket of buckets) {
    put(bucket.lower);
    put(bucket.upper);
    put(bucket.count);
  }
  return bytes;
}

/** @throws Error when the bytes are no histogram */
export function decodeHistogram(bytes: Buffer): Histogram {
  if (bytes.length < HEAD || (bytes.length - HEAD) % BUCKET !== 0)
    throw new Error(`a histogram's state has ${bytes.length} bytes, which no histogram has`);
  const read = (at: number) => bytes.readDoubleBE(at);
  const known = (at: number) => {
    const value = read(at);
    return Number.isNaN(value) ? undefined : value;
  };
  const buckets: HistogramBucket[] = [];
  for (let at = HEAD; at < bytes.length; at += BUCKET)
    buckets.push({ lower: read(at), upper: read(at + DOUBLE), count: read(at + 2 * DOUBLE) });
  return { count: read(0), sum: known(DOUBLE), min: known(2 * DOUBLE), max: known(3 * DOUBLE), buckets };
}
