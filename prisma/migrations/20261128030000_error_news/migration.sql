-- CreateIndex
CREATE INDEX "error_groups_created_at_idx" ON "error_groups"("created_at");

-- CreateIndex
CREATE INDEX "error_groups_regressed_at_idx" ON "error_groups"("regressed_at");

-- CreateIndex
CREATE INDEX "error_events_received_at_idx" ON "error_events"("received_at");
