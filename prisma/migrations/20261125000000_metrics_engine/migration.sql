-- CreateEnum
CREATE TYPE "metric_kind" AS ENUM ('gauge', 'counter', 'delta', 'distribution');

-- CreateEnum
CREATE TYPE "rollup_tier" AS ENUM ('hour', 'day');

-- AlterTable
ALTER TABLE "metric_series" ADD COLUMN "kind" "metric_kind" NOT NULL DEFAULT 'gauge',
ADD COLUMN "created_by" UUID;

-- CreateIndex
CREATE INDEX "metric_series_created_by_idx" ON "metric_series"("created_by");

-- CreateTable
CREATE TABLE "metric_distributions" (
    "series_id" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "count" BIGINT NOT NULL,
    "sum" DOUBLE PRECISION NOT NULL,
    "min" DOUBLE PRECISION NOT NULL,
    "max" DOUBLE PRECISION NOT NULL,
    "sketch" BYTEA NOT NULL,

    CONSTRAINT "metric_distributions_pkey" PRIMARY KEY ("series_id","recorded_at")
) PARTITION BY RANGE ("recorded_at");

-- CreateTable
CREATE TABLE "metric_histogram_states" (
    "series_id" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "histogram" JSONB NOT NULL,

    CONSTRAINT "metric_histogram_states_pkey" PRIMARY KEY ("series_id")
);

-- CreateTable
CREATE TABLE "system_metric_rollups" (
    "series_id" INTEGER NOT NULL,
    "tier" "rollup_tier" NOT NULL,
    "bucket_at" TIMESTAMPTZ(3) NOT NULL,
    "count" BIGINT NOT NULL,
    "sum" DOUBLE PRECISION NOT NULL,
    "min" DOUBLE PRECISION NOT NULL,
    "max" DOUBLE PRECISION NOT NULL,
    "first" DOUBLE PRECISION,
    "last" DOUBLE PRECISION,
    "increase" DOUBLE PRECISION,
    "sketch" BYTEA,

    -- Included, so that a chart is read from the index alone.
    CONSTRAINT "system_metric_rollups_pkey" PRIMARY KEY ("series_id","tier","bucket_at") INCLUDE ("count","sum","min","max","first","last","increase")
) PARTITION BY LIST ("tier");

-- CreateTable
CREATE TABLE "metric_rollup_watermarks" (
    "tier" "rollup_tier" NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "metric_rollup_watermarks_pkey" PRIMARY KEY ("tier")
);

-- CreateTable
CREATE TABLE "metric_rollup_pending" (
    "tier" "rollup_tier" NOT NULL,
    "bucket_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "metric_rollup_pending_pkey" PRIMARY KEY ("tier","bucket_at")
);

-- CreateTable
CREATE TABLE "metric_rollup_marks" (
    "id" BIGSERIAL NOT NULL,
    "series_id" INTEGER NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "metric_rollup_marks_pkey" PRIMARY KEY ("id")
);

-- Each tier is a table of its own, cut by the time that it is kept for: lib/db/partitions.ts makes and drops the pieces.
CREATE TABLE "system_metric_rollups_hour" PARTITION OF "system_metric_rollups" FOR VALUES IN ('hour') PARTITION BY RANGE ("bucket_at");
CREATE TABLE "system_metric_rollups_day" PARTITION OF "system_metric_rollups" FOR VALUES IN ('day') PARTITION BY RANGE ("bucket_at");

-- What was recorded before there were roll-ups is rolled up like what was closed just now.
INSERT INTO "metric_rollup_watermarks" ("tier", "until") VALUES
  ('hour', date_trunc('hour', now(), 'UTC')),
  ('day', date_trunc('day', now(), 'UTC'));
INSERT INTO "metric_rollup_pending" ("tier", "bucket_at")
  SELECT w."tier", bucket
  FROM "metric_rollup_watermarks" w,
    generate_series(
      (SELECT date_trunc(w."tier"::text, min("recorded_at"), 'UTC') FROM "system_metrics"),
      w."until" - ('1 ' || w."tier")::interval,
      ('1 ' || w."tier")::interval
    ) AS bucket;

-- Samples, sorted by series and time, each series and time once. Answers the positions (from 1) of those that were there before.
-- Who closes an hour takes the same lock alone (lib/metrics/rollups): a sample is in before its hour is closed, or leaves a mark.
CREATE FUNCTION "write_metric_samples"("ids" integer[], "times" timestamptz[], "vals" double precision[]) RETURNS integer[]
LANGUAGE plpgsql AS $$
DECLARE
  closed timestamptz;
  stored integer;
  known integer[] := '{}';
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('watchkeeper.rollups'));
  SELECT "until" INTO closed FROM "metric_rollup_watermarks" WHERE "tier" = 'hour';
  INSERT INTO "system_metrics" ("series_id", "recorded_at", "value")
    SELECT * FROM unnest("ids", "times", "vals") ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS stored = ROW_COUNT;
  IF stored < cardinality("ids") THEN
    -- One look-up a row by the key: a join might read a whole day.
    SELECT array_agg(n) INTO known
    FROM (
      SELECT u.n, (SELECT m.xmin FROM "system_metrics" m WHERE m."series_id" = u.id AND m."recorded_at" = u.at) AS writer
      FROM unnest("ids", "times") WITH ORDINALITY AS u(id, at, n)
    ) AS rows
    WHERE writer <> pg_current_xact_id()::xid;
  END IF;
  IF stored > 0 THEN
    INSERT INTO "metric_rollup_marks" ("series_id", "hour")
      SELECT DISTINCT id, date_trunc('hour', at, 'UTC') FROM unnest("ids", "times") AS u(id, at) WHERE at < closed;
  END IF;
  RETURN known;
END $$;

-- The same for distributions.
CREATE FUNCTION "write_metric_distributions"(
  "ids" integer[], "times" timestamptz[], "counts" double precision[], "sums" double precision[],
  "mins" double precision[], "maxs" double precision[], "sketches" bytea[]
) RETURNS integer[]
LANGUAGE plpgsql AS $$
DECLARE
  closed timestamptz;
  stored integer;
  known integer[] := '{}';
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('watchkeeper.rollups'));
  SELECT "until" INTO closed FROM "metric_rollup_watermarks" WHERE "tier" = 'hour';
  INSERT INTO "metric_distributions" ("series_id", "recorded_at", "count", "sum", "min", "max", "sketch")
    SELECT * FROM unnest("ids", "times", "counts", "sums", "mins", "maxs", "sketches") ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS stored = ROW_COUNT;
  IF stored < cardinality("ids") THEN
    SELECT array_agg(n) INTO known
    FROM (
      SELECT u.n, (SELECT m.xmin FROM "metric_distributions" m WHERE m."series_id" = u.id AND m."recorded_at" = u.at) AS writer
      FROM unnest("ids", "times") WITH ORDINALITY AS u(id, at, n)
    ) AS rows
    WHERE writer <> pg_current_xact_id()::xid;
  END IF;
  IF stored > 0 THEN
    INSERT INTO "metric_rollup_marks" ("series_id", "hour")
      SELECT DISTINCT id, date_trunc('hour', at, 'UTC') FROM unnest("ids", "times") AS u(id, at) WHERE at < closed;
  END IF;
  RETURN known;
END $$;
