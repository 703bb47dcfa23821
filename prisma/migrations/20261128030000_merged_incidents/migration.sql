-- AlterTable
ALTER TABLE "incidents" ADD COLUMN     "merged_into_id" UUID;

-- CreateIndex
CREATE INDEX "incidents_merged_into_id_idx" ON "incidents"("merged_into_id");

-- AddForeignKey
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "incidents"("id") ON DELETE SET NULL ON UPDATE CASCADE;
