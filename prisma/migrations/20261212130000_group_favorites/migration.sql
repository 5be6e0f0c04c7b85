-- Members that another member of a group has marked; nobody else sees them. They end with either membership.
CREATE TABLE "group_favorites" (
    "environment_id" INTEGER NOT NULL,
    "group_id" TEXT COLLATE "C" NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "favorite_id" TEXT COLLATE "C" NOT NULL,
    "favorited_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_favorites_pkey" PRIMARY KEY ("environment_id","user_id","group_id","favorite_id")
);
-- Whoever leaves, and whoever is dismissed with the group.
CREATE INDEX "group_favorites_environment_id_group_id_favorite_id_idx" ON "group_favorites"("environment_id", "group_id", "favorite_id");
-- Whoever is deleted.
CREATE INDEX "group_favorites_environment_id_favorite_id_idx" ON "group_favorites"("environment_id", "favorite_id");
