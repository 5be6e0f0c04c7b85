-- Notes that operators write about a user; the key serves the list of one user.
CREATE TABLE "user_notes" (
    "environment_id" INTEGER NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "edited_at" TIMESTAMPTZ(3),

    CONSTRAINT "user_notes_pkey" PRIMARY KEY ("environment_id", "user_id", "id")
);
