-- CreateEnum
CREATE TYPE "plan" AS ENUM ('free', 'starter', 'pro');

-- CreateEnum
CREATE TYPE "environment_name" AS ENUM ('development', 'production');

-- CreateEnum
CREATE TYPE "operator_role" AS ENUM ('owner', 'admin', 'support', 'viewer');

-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('app_server', 'operator', 'system');

-- CreateEnum
CREATE TYPE "job_state" AS ENUM ('queued', 'running', 'finished');

-- CreateEnum
CREATE TYPE "job_item_state" AS ENUM ('pending', 'succeeded', 'failed');

-- CreateTable
CREATE TABLE "apps" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "plan" "plan" NOT NULL DEFAULT 'free',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "apps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "environments" (
    "id" SERIAL NOT NULL,
    "app_id" TEXT NOT NULL,
    "name" "environment_name" NOT NULL,
    "app_key" TEXT NOT NULL,
    "app_secret_encrypted" BYTEA NOT NULL,
    "secret_refreshed_at" TIMESTAMPTZ(3) NOT NULL,
    "settings_version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "environments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settings" (
    "environment_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by_name" TEXT NOT NULL,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("environment_id","key")
);

-- CreateTable
CREATE TABLE "users" (
    "environment_id" INTEGER NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "avatar_url" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "banned_until" TIMESTAMPTZ(3),
    "soft_deleted_at" TIMESTAMPTZ(3),
    "tokens_valid_from" TIMESTAMPTZ(3),
    "last_seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "users_pkey" PRIMARY KEY ("environment_id","user_id")
);

-- CreateTable
CREATE TABLE "bans" (
    "environment_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "minutes" INTEGER NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "banned_by_kind" "actor_kind" NOT NULL,
    "banned_by_id" TEXT NOT NULL,
    "banned_by_name" TEXT NOT NULL,
    "lifted_at" TIMESTAMPTZ(3),
    "lifted_by_kind" "actor_kind",
    "lifted_by_id" TEXT,
    "lifted_by_name" TEXT,
    "replaced" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "bans_pkey" PRIMARY KEY ("environment_id","id")
);

-- CreateTable
CREATE TABLE "operators" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "operator_role" NOT NULL,
    "password_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_sign_in_at" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "operators_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "operator_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip" TEXT NOT NULL DEFAULT '',
    "user_agent" TEXT NOT NULL DEFAULT '',
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_throttles" (
    "email_hash" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "last_failure" TIMESTAMPTZ(3) NOT NULL,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_throttles_pkey" PRIMARY KEY ("email_hash")
);

-- CreateTable
CREATE TABLE "invitations" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" "operator_role" NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "environment_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target_kind" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "target_name" TEXT NOT NULL DEFAULT '',
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "ip" TEXT NOT NULL DEFAULT '',
    "result" TEXT NOT NULL DEFAULT 'ok',

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("environment_id","id")
);

-- CreateTable
CREATE TABLE "jobs" (
    "environment_id" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" "job_state" NOT NULL DEFAULT 'queued',
    "params" JSONB NOT NULL,
    "total" INTEGER NOT NULL,
    "succeeded" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("environment_id","id")
);

-- CreateTable
CREATE TABLE "job_items" (
    "environment_id" INTEGER NOT NULL,
    "job_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "target_id" TEXT NOT NULL,
    "state" "job_item_state" NOT NULL DEFAULT 'pending',
    "error_code" TEXT,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_items_pkey" PRIMARY KEY ("environment_id","job_id","position")
);

-- CreateTable
CREATE TABLE "request_nonces" (
    "environment_id" INTEGER NOT NULL,
    "timestamp" BIGINT NOT NULL,
    "nonce" TEXT NOT NULL,

    CONSTRAINT "request_nonces_pkey" PRIMARY KEY ("environment_id","timestamp","nonce")
);

-- CreateTable
CREATE UNLOGGED TABLE "rate_windows" (
    "environment_id" INTEGER NOT NULL,
    "endpoint" TEXT NOT NULL,
    "window_start" BIGINT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "rate_windows_pkey" PRIMARY KEY ("environment_id","endpoint")
) WITH (fillfactor = 50);

-- CreateTable
CREATE TABLE "installation_facts" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "installation_facts_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "environments_app_key_key" ON "environments"("app_key");

-- CreateIndex
CREATE UNIQUE INDEX "environments_app_id_name_key" ON "environments"("app_id", "name");

-- CreateIndex
CREATE INDEX "users_environment_id_created_at_user_id_idx" ON "users"("environment_id", "created_at", "user_id");

-- CreateIndex
CREATE INDEX "bans_environment_id_user_id_starts_at_idx" ON "bans"("environment_id", "user_id", "starts_at");

-- CreateIndex
CREATE INDEX "bans_environment_id_ends_at_id_idx" ON "bans"("environment_id", "ends_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "operators_email_key" ON "operators"("email");

-- CreateIndex
CREATE INDEX "sessions_operator_id_created_at_idx" ON "sessions"("operator_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_secret_hash_key" ON "invitations"("secret_hash");

-- CreateIndex
CREATE INDEX "invitations_email_idx" ON "invitations"("email");

-- CreateIndex
CREATE INDEX "audit_entries_environment_id_at_id_idx" ON "audit_entries"("environment_id", "at", "id");

-- CreateIndex
CREATE INDEX "audit_entries_environment_id_action_id_idx" ON "audit_entries"("environment_id", "action", "id");

-- CreateIndex
CREATE INDEX "audit_entries_environment_id_actor_id_id_idx" ON "audit_entries"("environment_id", "actor_id", "id");

-- CreateIndex
CREATE INDEX "audit_entries_environment_id_target_kind_target_id_id_idx" ON "audit_entries"("environment_id", "target_kind", "target_id", "id");

-- CreateIndex
CREATE INDEX "audit_entries_environment_id_request_id_idx" ON "audit_entries"("environment_id", "request_id");

-- CreateIndex
CREATE INDEX "jobs_environment_id_created_at_id_idx" ON "jobs"("environment_id", "created_at", "id");

-- AddForeignKey
ALTER TABLE "environments" ADD CONSTRAINT "environments_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "apps"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bans" ADD CONSTRAINT "bans_environment_id_user_id_fkey" FOREIGN KEY ("environment_id", "user_id") REFERENCES "users"("environment_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_items" ADD CONSTRAINT "job_items_environment_id_job_id_fkey" FOREIGN KEY ("environment_id", "job_id") REFERENCES "jobs"("environment_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Below: what Prisma's schema language cannot say. Each index names the query it serves (lib/core/users/user-list-store.ts).

-- Users sorted by last seen; never seen sorts as the oldest.
CREATE INDEX "users_last_seen_idx" ON "users" ("environment_id", (coalesce("last_seen_at", '-infinity'::timestamptz)), "user_id");

-- Users whose name starts with, and whose last name starts with.
CREATE INDEX "users_name_idx" ON "users" ("environment_id", (lower("name") COLLATE "C"), "user_id");
CREATE INDEX "users_last_name_idx" ON "users" ("environment_id", (lower(split_part("name", ' ', -1)) COLLATE "C"), "user_id")
  WHERE position(' ' in "name") > 0;

-- The filters "banned" and "soft-deleted", under each sort. The sweeper keeps ended bans out of the first three.
CREATE INDEX "users_banned_created_idx" ON "users" ("environment_id", "created_at", "user_id") WHERE "banned_until" IS NOT NULL;
CREATE INDEX "users_banned_id_idx" ON "users" ("environment_id", "user_id") WHERE "banned_until" IS NOT NULL;
CREATE INDEX "users_banned_last_seen_idx" ON "users" ("environment_id", (coalesce("last_seen_at", '-infinity'::timestamptz)), "user_id") WHERE "banned_until" IS NOT NULL;
CREATE INDEX "users_deleted_created_idx" ON "users" ("environment_id", "created_at", "user_id") WHERE "soft_deleted_at" IS NOT NULL;
CREATE INDEX "users_deleted_id_idx" ON "users" ("environment_id", "user_id") WHERE "soft_deleted_at" IS NOT NULL;
CREATE INDEX "users_deleted_last_seen_idx" ON "users" ("environment_id", (coalesce("last_seen_at", '-infinity'::timestamptz)), "user_id") WHERE "soft_deleted_at" IS NOT NULL;

-- Bans whose time has passed, for the sweeper.
CREATE INDEX "users_banned_until_idx" ON "users" ("environment_id", "banned_until") WHERE "banned_until" IS NOT NULL;

-- Jobs that a worker may claim.
CREATE INDEX "jobs_unfinished_idx" ON "jobs" ("environment_id", "created_at") WHERE "state" <> 'finished';
