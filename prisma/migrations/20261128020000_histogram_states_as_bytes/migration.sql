-- The layout of lib/metrics/writer/histogram-bytes.ts: count, sum, min, max, then each bucket's bounds and count, as doubles.
CREATE FUNCTION "histogram_bytes"("histogram" jsonb) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT float8send(coalesce((histogram->>'count')::float8, 0)) || float8send(coalesce((histogram->>'sum')::float8, 'NaN'))
    || float8send(coalesce((histogram->>'min')::float8, 'NaN')) || float8send(coalesce((histogram->>'max')::float8, 'NaN'))
    || coalesce((
      SELECT string_agg(float8send(coalesce((bucket->>0)::float8, '-Infinity')) || float8send(coalesce((bucket->>1)::float8, 'Infinity'))
        || float8send((bucket->>2)::float8), ''::bytea ORDER BY place)
      FROM jsonb_array_elements(histogram->'buckets') WITH ORDINALITY AS buckets(bucket, place)
    ), ''::bytea)
$$;

-- AlterTable
ALTER TABLE "metric_histogram_states" ALTER COLUMN "histogram" TYPE BYTEA USING "histogram_bytes"("histogram");

-- Rewritten at each point: compressing it would be most of the work.
ALTER TABLE "metric_histogram_states" ALTER COLUMN "histogram" SET STORAGE EXTERNAL;

DROP FUNCTION "histogram_bytes";
