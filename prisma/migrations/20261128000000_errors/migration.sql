-- CreateEnum
CREATE TYPE "error_level" AS ENUM ('debug', 'info', 'warning', 'error', 'fatal');

-- CreateEnum
CREATE TYPE "error_group_status" AS ENUM ('open', 'resolved', 'ignored');

-- CreateTable
CREATE TABLE "projects" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "platform" TEXT NOT NULL DEFAULT '',
    "quota" INTEGER,
    "scrub" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_keys" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "project_id" INTEGER NOT NULL,
    "public_key" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "project_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "error_groups" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "project_id" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "culprit" TEXT NOT NULL DEFAULT '',
    "level" "error_level" NOT NULL,
    "status" "error_group_status" NOT NULL DEFAULT 'open',
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "event_count" BIGINT NOT NULL DEFAULT 0,
    "user_count" INTEGER NOT NULL DEFAULT 0,
    "first_release" TEXT NOT NULL DEFAULT '',
    "last_release" TEXT NOT NULL DEFAULT '',
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_after" TEXT,
    "ignored_until" TIMESTAMPTZ(3),
    "ignored_until_count" BIGINT,
    "regressed_at" TIMESTAMPTZ(3),
    "assignee_id" UUID,
    "incident_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "error_groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "error_group_keys" (
    "project_id" INTEGER NOT NULL,
    "key" BYTEA NOT NULL,
    "version" INTEGER NOT NULL,
    "group_id" UUID NOT NULL,

    CONSTRAINT "error_group_keys_pkey" PRIMARY KEY ("project_id","key")
);

-- CreateTable
CREATE TABLE "error_group_hours" (
    "group_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "error_group_hours_pkey" PRIMARY KEY ("group_id","hour")
);

-- CreateTable
CREATE TABLE "error_group_users" (
    "group_id" UUID NOT NULL,
    "user_key" TEXT NOT NULL,
    "email" TEXT NOT NULL DEFAULT '',
    "username" TEXT NOT NULL DEFAULT '',
    "ip_address" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "error_group_users_pkey" PRIMARY KEY ("group_id","user_key")
);

-- CreateTable
CREATE TABLE "error_group_tags" (
    "group_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "error_group_tags_pkey" PRIMARY KEY ("group_id","key","value")
);

-- CreateTable
CREATE TABLE "error_comments" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "group_id" UUID NOT NULL,
    "message" TEXT NOT NULL,
    "author_id" UUID,
    "author_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "error_comments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "error_events" (
    "project_id" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "group_id" UUID NOT NULL,
    "level" "error_level" NOT NULL,
    "release" TEXT NOT NULL DEFAULT '',
    "environment" TEXT NOT NULL DEFAULT '',
    "user_key" TEXT,
    "trace_id" TEXT,
    "data" JSONB NOT NULL,

    CONSTRAINT "error_events_pkey" PRIMARY KEY ("project_id","id","occurred_at")
) PARTITION BY RANGE ("occurred_at");

-- CreateTable
CREATE TABLE "log_lines" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "project_id" INTEGER,
    "severity" SMALLINT NOT NULL,
    "service" TEXT NOT NULL DEFAULT '',
    "message" TEXT NOT NULL,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "trace_id" TEXT,
    "span_id" TEXT,

    CONSTRAINT "log_lines_pkey" PRIMARY KEY ("at","id")
) PARTITION BY RANGE ("at");

-- CreateIndex
CREATE UNIQUE INDEX "projects_name_key" ON "projects"("name");

-- CreateIndex
CREATE UNIQUE INDEX "project_keys_public_key_key" ON "project_keys"("public_key");

-- CreateIndex
CREATE INDEX "project_keys_project_id_idx" ON "project_keys"("project_id");

-- CreateIndex
CREATE INDEX "error_groups_project_id_status_last_seen_at_idx" ON "error_groups"("project_id", "status", "last_seen_at");

-- CreateIndex
CREATE INDEX "error_groups_status_last_seen_at_idx" ON "error_groups"("status", "last_seen_at");

-- CreateIndex
CREATE INDEX "error_groups_last_seen_at_idx" ON "error_groups"("last_seen_at");

-- CreateIndex
CREATE INDEX "error_groups_assignee_id_idx" ON "error_groups"("assignee_id");

-- CreateIndex
CREATE INDEX "error_groups_incident_id_idx" ON "error_groups"("incident_id");

-- CreateIndex
CREATE INDEX "error_group_keys_group_id_idx" ON "error_group_keys"("group_id");

-- CreateIndex
CREATE INDEX "error_group_hours_hour_idx" ON "error_group_hours"("hour");

-- CreateIndex
CREATE INDEX "error_group_users_user_key_idx" ON "error_group_users"("user_key");

-- CreateIndex
CREATE INDEX "error_group_users_email_idx" ON "error_group_users"("email");

-- CreateIndex
CREATE INDEX "error_group_tags_key_value_idx" ON "error_group_tags"("key", "value");

-- CreateIndex
CREATE INDEX "error_comments_group_id_created_at_idx" ON "error_comments"("group_id", "created_at");

-- CreateIndex
CREATE INDEX "error_comments_author_id_idx" ON "error_comments"("author_id");

-- CreateIndex
CREATE INDEX "error_events_group_id_occurred_at_idx" ON "error_events"("group_id", "occurred_at");

-- CreateIndex
CREATE INDEX "error_events_trace_id_idx" ON "error_events"("trace_id");

-- CreateIndex
CREATE INDEX "error_events_user_key_idx" ON "error_events"("user_key");

-- CreateIndex
CREATE INDEX "log_lines_trace_id_idx" ON "log_lines"("trace_id");

-- CreateIndex
CREATE INDEX "log_lines_service_at_idx" ON "log_lines"("service", "at");

-- AddForeignKey
ALTER TABLE "project_keys" ADD CONSTRAINT "project_keys_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "error_groups" ADD CONSTRAINT "error_groups_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "error_groups" ADD CONSTRAINT "error_groups_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "error_groups" ADD CONSTRAINT "error_groups_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "error_group_keys" ADD CONSTRAINT "error_group_keys_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "error_groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "error_group_hours" ADD CONSTRAINT "error_group_hours_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "error_groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "error_group_users" ADD CONSTRAINT "error_group_users_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "error_groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "error_group_tags" ADD CONSTRAINT "error_group_tags_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "error_groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "error_comments" ADD CONSTRAINT "error_comments_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "error_groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "error_comments" ADD CONSTRAINT "error_comments_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;


ALTER TABLE "project_keys" ADD CONSTRAINT "project_keys_key_check" CHECK ("public_key" ~ '^[0-9a-f]{32}$');
ALTER TABLE "projects" ADD CONSTRAINT "projects_name_check" CHECK (length("name") BETWEEN 1 AND 120);
ALTER TABLE "error_groups" ADD CONSTRAINT "error_groups_resolved_check" CHECK (("status" = 'resolved') = ("resolved_at" IS NOT NULL));

-- The words of a message, for the search (lib/logs/list-logs.ts). Paths, hosts and names are taken apart: "cart" is found in
-- "/cart" and in "cart.addItem".
CREATE FUNCTION log_words(message TEXT) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
  $$ SELECT to_tsvector('simple'::regconfig, translate(message, $q$./:_-@=,;()[]{}<>"'#$%&*+!?|\^~`$q$, repeat(' ', 32))) $$;
CREATE INDEX "log_lines_words_idx" ON "log_lines" USING gin (log_words("message"));
