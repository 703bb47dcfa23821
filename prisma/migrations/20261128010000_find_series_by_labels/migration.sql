-- CreateIndex
CREATE INDEX "metric_series_metadata_idx" ON "metric_series" USING GIN ("metadata" jsonb_path_ops);
