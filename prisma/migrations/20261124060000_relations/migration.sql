-- Profiles, tags, friends, blocklists, groups and webhooks.

-- AlterEnum
ALTER TYPE "actor_kind" ADD VALUE 'app_user';

-- AlterTable
ALTER TABLE "users"
    ADD COLUMN "friend_count" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "blocked_count" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "friend_permission" SMALLINT,
    ADD COLUMN "profile_visibility" SMALLINT,
    ADD COLUMN "direct_muted_at" TIMESTAMPTZ(3);

-- Counts change with every friendship: with room in the page such an update touches no index.
ALTER TABLE "users" SET (fillfactor = 85);

-- CreateTable
CREATE TABLE "user_profiles" (
    "environment_id" INTEGER NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "unique_id" TEXT,
    "basic" JSONB NOT NULL DEFAULT '{}',
    "extended" JSONB NOT NULL DEFAULT '{}',
    "version" BIGINT NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_profiles_pkey" PRIMARY KEY ("environment_id","user_id")
);

-- CreateTable
CREATE TABLE "user_tags" (
    "environment_id" INTEGER NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "tags" TEXT[],

    CONSTRAINT "user_tags_pkey" PRIMARY KEY ("environment_id","user_id")
);

-- CreateTable
CREATE TABLE "friendships" (
    "environment_id" INTEGER NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "friend_id" TEXT COLLATE "C" NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "alias" TEXT NOT NULL DEFAULT '',
    "extended" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "friendships_pkey" PRIMARY KEY ("environment_id","user_id","friend_id")
);

-- CreateTable
CREATE TABLE "friend_requests" (
    "environment_id" INTEGER NOT NULL,
    "requester_id" TEXT COLLATE "C" NOT NULL,
    "target_id" TEXT COLLATE "C" NOT NULL,
    "extra" TEXT NOT NULL DEFAULT '',
    "status" SMALLINT NOT NULL DEFAULT 0,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "friend_requests_pkey" PRIMARY KEY ("environment_id","requester_id","target_id")
);

-- CreateTable
CREATE TABLE "blocks" (
    "environment_id" INTEGER NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "blocked_id" TEXT COLLATE "C" NOT NULL,
    "blocked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "blocks_pkey" PRIMARY KEY ("environment_id","user_id","blocked_id")
);

-- CreateTable
CREATE TABLE "groups" (
    "environment_id" INTEGER NOT NULL,
    "group_id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "owner_id" TEXT COLLATE "C" NOT NULL,
    "profile" JSONB NOT NULL DEFAULT '{}',
    "extended" JSONB NOT NULL DEFAULT '{}',
    "permissions" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "member_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "groups_pkey" PRIMARY KEY ("environment_id","group_id")
);

-- CreateTable
CREATE TABLE "group_members" (
    "environment_id" INTEGER NOT NULL,
    "group_id" TEXT COLLATE "C" NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "role" SMALLINT NOT NULL DEFAULT 1,
    "nickname" TEXT NOT NULL DEFAULT '',
    "extra" TEXT NOT NULL DEFAULT '',
    "joined_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_members_pkey" PRIMARY KEY ("environment_id","group_id","user_id")
);

-- CreateTable
CREATE TABLE "group_aliases" (
    "environment_id" INTEGER NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "group_id" TEXT COLLATE "C" NOT NULL,
    "alias" TEXT NOT NULL,

    CONSTRAINT "group_aliases_pkey" PRIMARY KEY ("environment_id","user_id","group_id")
);

-- CreateTable
CREATE TABLE "webhooks" (
    "environment_id" INTEGER NOT NULL,
    "url" TEXT NOT NULL DEFAULT '',
    "events" TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by_name" TEXT NOT NULL,

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("environment_id")
);

-- CreateTable
CREATE TABLE "webhook_events" (
    "environment_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "order_key" TEXT COLLATE "C" NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "delivered_at" TIMESTAMPTZ(3),
    "dead_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_events_pkey" PRIMARY KEY ("environment_id","id")
);

-- CreateTable
CREATE TABLE "webhook_attempts" (
    "environment_id" INTEGER NOT NULL,
    "event_id" BIGINT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ms" INTEGER NOT NULL,
    "status" INTEGER,
    "error" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "webhook_attempts_pkey" PRIMARY KEY ("environment_id","event_id","attempt")
);

-- CreateIndex
CREATE INDEX "user_profiles_environment_id_registered_at_user_id_idx" ON "user_profiles"("environment_id", "registered_at", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_profiles_environment_id_unique_id_key" ON "user_profiles"("environment_id", "unique_id");

-- CreateIndex
CREATE INDEX "friendships_environment_id_user_id_added_at_friend_id_idx" ON "friendships"("environment_id", "user_id", "added_at", "friend_id");

-- CreateIndex
CREATE INDEX "friend_requests_environment_id_target_id_requested_at_reque_idx" ON "friend_requests"("environment_id", "target_id", "requested_at", "requester_id");

-- CreateIndex
CREATE INDEX "friend_requests_environment_id_requester_id_requested_at_ta_idx" ON "friend_requests"("environment_id", "requester_id", "requested_at", "target_id");

-- CreateIndex
CREATE INDEX "blocks_environment_id_user_id_blocked_at_blocked_id_idx" ON "blocks"("environment_id", "user_id", "blocked_at", "blocked_id");

-- CreateIndex
CREATE INDEX "blocks_environment_id_blocked_id_blocked_at_user_id_idx" ON "blocks"("environment_id", "blocked_id", "blocked_at", "user_id");

-- CreateIndex
CREATE INDEX "groups_environment_id_created_at_group_id_idx" ON "groups"("environment_id", "created_at", "group_id");

-- CreateIndex
CREATE INDEX "group_members_environment_id_group_id_joined_at_user_id_idx" ON "group_members"("environment_id", "group_id", "joined_at", "user_id");

-- CreateIndex
CREATE INDEX "group_members_environment_id_user_id_joined_at_group_id_idx" ON "group_members"("environment_id", "user_id", "joined_at", "group_id");

-- CreateIndex
CREATE INDEX "group_aliases_environment_id_group_id_idx" ON "group_aliases"("environment_id", "group_id");

-- AddForeignKey
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_environment_id_group_id_fkey" FOREIGN KEY ("environment_id", "group_id") REFERENCES "groups"("environment_id", "group_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Below: what Prisma's schema language cannot say. Each index names the query it serves.

-- Soft-deleted users, newest first (contract section 8.2).
CREATE INDEX "users_deleted_at_idx" ON "users" ("environment_id", "soft_deleted_at", "user_id") WHERE "soft_deleted_at" IS NOT NULL;

-- Users muted in direct channels (contract section 15).
CREATE INDEX "users_direct_muted_idx" ON "users" ("environment_id", "direct_muted_at", "user_id") WHERE "direct_muted_at" IS NOT NULL;

-- Events that are still to be delivered, in their order.
CREATE INDEX "webhook_events_pending_idx" ON "webhook_events" ("environment_id", "order_key", "id")
  WHERE "delivered_at" IS NULL AND "dead_at" IS NULL;
