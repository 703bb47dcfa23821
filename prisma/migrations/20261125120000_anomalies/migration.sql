-- AlterTable
ALTER TABLE "metric_series" ADD COLUMN "anomalies_watched" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "metric_anomaly_states" (
    "series_id" INTEGER NOT NULL,
    "latest_at" TIMESTAMPTZ(3) NOT NULL,
    "latest_value" DOUBLE PRECISION NOT NULL,
    "state" TEXT NOT NULL,

    CONSTRAINT "metric_anomaly_states_pkey" PRIMARY KEY ("series_id")
);

-- CreateTable
CREATE TABLE "metric_anomalies" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "series_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "kind" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "low" DOUBLE PRECISION NOT NULL,
    "middle" DOUBLE PRECISION NOT NULL,
    "high" DOUBLE PRECISION NOT NULL,
    "reason" TEXT NOT NULL,
    "expected_at" TIMESTAMPTZ(3),
    "expected_by" TEXT,

    CONSTRAINT "metric_anomalies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "metric_bands" (
    "series_id" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "low" REAL NOT NULL,
    "high" REAL NOT NULL,

    CONSTRAINT "metric_bands_pkey" PRIMARY KEY ("series_id","recorded_at") INCLUDE ("low","high")
) PARTITION BY RANGE ("recorded_at");

-- CreateIndex
CREATE UNIQUE INDEX "metric_anomalies_series_id_at_key" ON "metric_anomalies"("series_id", "at");

-- CreateIndex
CREATE INDEX "metric_anomalies_at_idx" ON "metric_anomalies"("at");

-- The state is rewritten whole each time: nothing is gained by compressing it again and again.
ALTER TABLE "metric_anomaly_states" ALTER COLUMN "state" SET STORAGE EXTERNAL;
