-- CreateEnum
CREATE TYPE "alert_severity" AS ENUM ('info', 'warning', 'critical');

-- CreateEnum
CREATE TYPE "alert_state" AS ENUM ('pending', 'firing', 'resolved');

-- CreateEnum
CREATE TYPE "notification_kind" AS ENUM ('firing', 'escalated', 'reminder', 'resolved', 'undelivered', 'test');

-- CreateEnum
CREATE TYPE "notification_status" AS ENUM ('queued', 'sent', 'failed', 'suppressed');

-- CreateEnum
CREATE TYPE "maintenance_recurrence" AS ENUM ('once', 'weekly', 'cron');

-- AlterTable
ALTER TABLE "health_checks" ADD COLUMN "depends_on" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "alert_rules" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "origin" "check_origin" NOT NULL DEFAULT 'database',
    "source" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "severity" "alert_severity" NOT NULL DEFAULT 'warning',
    "for_seconds" INTEGER NOT NULL DEFAULT 0,
    "keep_firing_seconds" INTEGER NOT NULL DEFAULT 0,
    "cooldown_seconds" INTEGER,
    "channels" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "labels" JSONB NOT NULL DEFAULT '{}',
    "runbook_url" TEXT,
    "paused_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alerts" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "fingerprint" TEXT NOT NULL,
    "open_fingerprint" TEXT,
    "rule_id" UUID,
    "rule_key" TEXT NOT NULL,
    "rule_label" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "state" "alert_state" NOT NULL,
    "severity" "alert_severity" NOT NULL,
    "subject" TEXT NOT NULL,
    "labels" JSONB NOT NULL,
    "check_id" UUID,
    "summary" TEXT NOT NULL,
    "value" DOUBLE PRECISION,
    "threshold" DOUBLE PRECISION,
    "unit" TEXT NOT NULL DEFAULT '',
    "pending_since" TIMESTAMPTZ(3) NOT NULL,
    "firing_since" TIMESTAMPTZ(3),
    "clear_since" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_reason" TEXT,
    "is_flapping" BOOLEAN NOT NULL DEFAULT false,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by" TEXT,
    "acknowledge_note" TEXT,
    "parent_id" UUID,
    "notified_at" TIMESTAMPTZ(3),
    "notified_severity" "alert_severity",
    "suppressed_reason" TEXT,
    "hold_until" TIMESTAMPTZ(3),

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_fingerprints" (
    "fingerprint" TEXT NOT NULL,
    "notified_at" TIMESTAMPTZ(3),
    "notified_severity" "alert_severity",
    "firings" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_fingerprints_pkey" PRIMARY KEY ("fingerprint")
);

-- CreateTable
CREATE TABLE "alert_events" (
    "id" BIGSERIAL NOT NULL,
    "alert_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "actor" TEXT,

    CONSTRAINT "alert_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_channels" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "origin" "check_origin" NOT NULL DEFAULT 'database',
    "type" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_channels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "alert_id" UUID,
    "channel_id" UUID NOT NULL,
    "kind" "notification_kind" NOT NULL,
    "severity" "alert_severity" NOT NULL,
    "status" "notification_status" NOT NULL DEFAULT 'queued',
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "send_after" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_messages" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "channel_id" UUID NOT NULL,
    "target" TEXT NOT NULL,
    "action" TEXT NOT NULL DEFAULT 'post',
    "content" JSONB NOT NULL,
    "status" "notification_status" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "is_uncertain" BOOLEAN NOT NULL DEFAULT false,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_owner" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "reference" JSONB,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_items" (
    "message_id" UUID NOT NULL,
    "notification_id" UUID NOT NULL,

    CONSTRAINT "notification_items_pkey" PRIMARY KEY ("message_id","notification_id")
);

-- CreateTable
CREATE TABLE "delivery_attempts" (
    "id" BIGSERIAL NOT NULL,
    "message_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" DOUBLE PRECISION NOT NULL,
    "outcome" TEXT NOT NULL,
    "detail" TEXT NOT NULL,

    CONSTRAINT "delivery_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "silences" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "matchers" JSONB NOT NULL,
    "comment" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "silences_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "maintenance_windows" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "label" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "matchers" JSONB NOT NULL,
    "recurrence" "maintenance_recurrence" NOT NULL,
    "timezone" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "weekdays" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "start_time" TEXT,
    "cron" TEXT,
    "duration_minutes" INTEGER,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "maintenance_windows_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "alert_rules_key_key" ON "alert_rules"("key");

-- CreateIndex
CREATE UNIQUE INDEX "alerts_open_fingerprint_key" ON "alerts"("open_fingerprint");

-- CreateIndex
CREATE INDEX "alerts_fingerprint_idx" ON "alerts"("fingerprint");

-- CreateIndex
CREATE INDEX "alerts_state_pending_since_idx" ON "alerts"("state", "pending_since");

-- CreateIndex
CREATE INDEX "alerts_pending_since_idx" ON "alerts"("pending_since");

-- CreateIndex
CREATE INDEX "alerts_rule_id_idx" ON "alerts"("rule_id");

-- CreateIndex
CREATE INDEX "alerts_check_id_idx" ON "alerts"("check_id");

-- CreateIndex
CREATE INDEX "alerts_parent_id_idx" ON "alerts"("parent_id");

-- CreateIndex
CREATE INDEX "alert_fingerprints_updated_at_idx" ON "alert_fingerprints"("updated_at");

-- CreateIndex
CREATE INDEX "alert_events_alert_id_id_idx" ON "alert_events"("alert_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "alert_channels_key_key" ON "alert_channels"("key");

-- CreateIndex
CREATE INDEX "notifications_alert_id_idx" ON "notifications"("alert_id");

-- CreateIndex
CREATE INDEX "notifications_channel_id_created_at_idx" ON "notifications"("channel_id", "created_at");

-- CreateIndex
CREATE INDEX "notifications_status_send_after_idx" ON "notifications"("status", "send_after");

-- CreateIndex
CREATE INDEX "notification_messages_channel_id_target_created_at_idx" ON "notification_messages"("channel_id", "target", "created_at");

-- CreateIndex
CREATE INDEX "notification_messages_status_next_attempt_at_idx" ON "notification_messages"("status", "next_attempt_at");

-- CreateIndex
CREATE INDEX "notification_items_notification_id_idx" ON "notification_items"("notification_id");

-- CreateIndex
CREATE INDEX "delivery_attempts_message_id_id_idx" ON "delivery_attempts"("message_id", "id");

-- CreateIndex
CREATE INDEX "silences_ends_at_idx" ON "silences"("ends_at");

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "alert_rules"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_check_id_fkey" FOREIGN KEY ("check_id") REFERENCES "health_checks"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "alerts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_events" ADD CONSTRAINT "alert_events_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alerts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alerts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "alert_channels"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_messages" ADD CONSTRAINT "notification_messages_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "alert_channels"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_items" ADD CONSTRAINT "notification_items_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "notification_messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_items" ADD CONSTRAINT "notification_items_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notifications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "notification_messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "alert_rules" ADD CONSTRAINT "alert_rules_key_check" CHECK ("key" ~ '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$');
ALTER TABLE "alert_rules" ADD CONSTRAINT "alert_rules_times_check" CHECK ("for_seconds" >= 0 AND "keep_firing_seconds" >= 0 AND "cooldown_seconds" >= 0);
ALTER TABLE "alert_channels" ADD CONSTRAINT "alert_channels_key_check" CHECK ("key" ~ '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$');
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_open_check" CHECK (("state" = 'resolved') = ("resolved_at" IS NOT NULL) AND ("state" = 'resolved') = ("open_fingerprint" IS NULL));
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_firing_check" CHECK ("state" <> 'firing' OR "firing_since" IS NOT NULL);
ALTER TABLE "silences" ADD CONSTRAINT "silences_order_check" CHECK ("ends_at" >= "starts_at");
ALTER TABLE "maintenance_windows" ADD CONSTRAINT "maintenance_windows_recurrence_check" CHECK (
  CASE "recurrence"
    WHEN 'once' THEN "starts_at" IS NOT NULL AND "ends_at" > "starts_at"
    WHEN 'weekly' THEN cardinality("weekdays") > 0 AND "start_time" IS NOT NULL AND "duration_minutes" > 0
    ELSE "cron" IS NOT NULL AND "duration_minutes" > 0
  END);
