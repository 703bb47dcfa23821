-- AlterTable
ALTER TABLE "metric_rollup_pending" ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "failure" TEXT,
ADD COLUMN "retry_at" TIMESTAMPTZ(3);
