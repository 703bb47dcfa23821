-- CreateEnum
CREATE TYPE "incident_impact" AS ENUM ('degraded', 'partial', 'major');

-- DropIndex
DROP INDEX "incident_updates_incident_id_created_at_idx";

-- AlterTable
ALTER TABLE "health_check_days" ADD COLUMN     "down_seconds" DOUBLE PRECISION NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "incidents" ADD COLUMN     "acknowledged_at" TIMESTAMPTZ(3),
ADD COLUMN     "causes" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "created_by" TEXT,
ADD COLUMN     "detected_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "is_automatic" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "lead_id" UUID,
ADD COLUMN     "mitigated_at" TIMESTAMPTZ(3),
ADD COLUMN     "number" SERIAL NOT NULL,
ADD COLUMN     "quiet_since" TIMESTAMPTZ(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "incident_updates" ADD COLUMN     "annotation" TEXT,
ADD COLUMN     "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "author_name" TEXT,
ADD COLUMN     "is_pinned" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "is_public" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "link" TEXT,
ADD COLUMN     "ref" TEXT,
ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'update',
ALTER COLUMN "status" DROP NOT NULL;

-- AlterTable
ALTER TABLE "alert_rules" ADD COLUMN     "opens_incident" BOOLEAN;

-- AlterTable
ALTER TABLE "alerts" ADD COLUMN     "incident_id" UUID,
ADD COLUMN     "incident_reason" TEXT;

-- AlterTable
ALTER TABLE "maintenance_windows" ADD COLUMN     "is_public" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "incident_checks" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "incident_id" UUID NOT NULL,
    "check_id" UUID,
    "label" TEXT NOT NULL,
    "impact" "incident_impact" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "incident_checks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_actions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "incident_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "owner_id" UUID,
    "due_on" DATE,
    "done_at" TIMESTAMPTZ(3),
    "done_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "incident_actions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "postmortems" (
    "incident_id" UUID NOT NULL,
    "impact" TEXT NOT NULL DEFAULT '',
    "root_cause" TEXT NOT NULL DEFAULT '',
    "cause_category" TEXT NOT NULL DEFAULT '',
    "contributing_factors" TEXT NOT NULL DEFAULT '',
    "whys" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "went_well" TEXT NOT NULL DEFAULT '',
    "went_badly" TEXT NOT NULL DEFAULT '',
    "visibility" "incident_visibility" NOT NULL DEFAULT 'internal',
    "published_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "postmortems_pkey" PRIMARY KEY ("incident_id")
);

-- CreateTable
CREATE TABLE "deploys" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(3) NOT NULL,
    "service" TEXT NOT NULL,
    "version" TEXT NOT NULL DEFAULT '',
    "environment" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "url" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deploys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "status_page" (
    "id" BOOLEAN NOT NULL DEFAULT true,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "title" TEXT NOT NULL DEFAULT 'Status',
    "description" TEXT NOT NULL DEFAULT '',
    "logo_url" TEXT,
    "accent" TEXT NOT NULL DEFAULT '#2563eb',
    "contact_url" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "status_page_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "status_components" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "label" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "group_name" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL DEFAULT 0,
    "show_response_time" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "status_components_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "status_component_checks" (
    "component_id" UUID NOT NULL,
    "check_id" UUID NOT NULL,

    CONSTRAINT "status_component_checks_pkey" PRIMARY KEY ("component_id","check_id")
);

-- CreateIndex
CREATE INDEX "incident_checks_check_id_idx" ON "incident_checks"("check_id");

-- CreateIndex
CREATE UNIQUE INDEX "incident_checks_incident_id_check_id_key" ON "incident_checks"("incident_id", "check_id");

-- CreateIndex
CREATE INDEX "incident_actions_incident_id_idx" ON "incident_actions"("incident_id");

-- CreateIndex
CREATE INDEX "incident_actions_owner_id_idx" ON "incident_actions"("owner_id");

-- CreateIndex
CREATE INDEX "incident_actions_done_at_due_on_idx" ON "incident_actions"("done_at", "due_on");

-- CreateIndex
CREATE INDEX "deploys_at_idx" ON "deploys"("at");

-- CreateIndex
CREATE INDEX "status_components_position_idx" ON "status_components"("position");

-- CreateIndex
CREATE INDEX "status_component_checks_check_id_idx" ON "status_component_checks"("check_id");

-- CreateIndex
CREATE UNIQUE INDEX "incidents_number_key" ON "incidents"("number");

-- CreateIndex
CREATE INDEX "incidents_resolved_at_idx" ON "incidents"("resolved_at");

-- CreateIndex
CREATE INDEX "incidents_lead_id_idx" ON "incidents"("lead_id");

-- CreateIndex
CREATE INDEX "incident_updates_incident_id_at_idx" ON "incident_updates"("incident_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "incident_updates_incident_id_source_ref_key" ON "incident_updates"("incident_id", "source", "ref");

-- CreateIndex
CREATE INDEX "alerts_incident_id_idx" ON "alerts"("incident_id");

-- AddForeignKey
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_checks" ADD CONSTRAINT "incident_checks_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_checks" ADD CONSTRAINT "incident_checks_check_id_fkey" FOREIGN KEY ("check_id") REFERENCES "health_checks"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_actions" ADD CONSTRAINT "incident_actions_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_actions" ADD CONSTRAINT "incident_actions_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "postmortems" ADD CONSTRAINT "postmortems_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "status_component_checks" ADD CONSTRAINT "status_component_checks_component_id_fkey" FOREIGN KEY ("component_id") REFERENCES "status_components"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "status_component_checks" ADD CONSTRAINT "status_component_checks_check_id_fkey" FOREIGN KEY ("check_id") REFERENCES "health_checks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE SET NULL ON UPDATE CASCADE;


-- Updates that were written before: their time, their author's name, and open to the public as they were meant to be.
UPDATE "incident_updates" u SET "at" = "created_at", "is_public" = true, "author_name" = (SELECT "name" FROM "users" WHERE "users"."id" = u."author_id");
UPDATE "incidents" SET "detected_at" = "started_at";

ALTER TABLE "incidents" ADD CONSTRAINT "incidents_title_check" CHECK (length("title") BETWEEN 1 AND 200);
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_times_check" CHECK ("detected_at" >= "started_at" AND "acknowledged_at" >= "detected_at" AND "mitigated_at" >= "started_at");
ALTER TABLE "incident_updates" ADD CONSTRAINT "incident_updates_source_check" CHECK (("source" = 'update') = ("ref" IS NULL));
ALTER TABLE "postmortems" ADD CONSTRAINT "postmortems_whys_check" CHECK (cardinality("whys") <= 5);
ALTER TABLE "status_page" ADD CONSTRAINT "status_page_one_check" CHECK ("id");
