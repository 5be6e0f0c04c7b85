-- What is stored of a user, copied by a job for a download; kept for a week, and no longer than the user.
CREATE TABLE "user_data_copies" (
    "environment_id" INTEGER NOT NULL,
    "job_id" TEXT NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "content" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_data_copies_pkey" PRIMARY KEY ("environment_id","job_id","user_id")
);
CREATE INDEX "user_data_copies_environment_id_user_id_idx" ON "user_data_copies"("environment_id", "user_id");
CREATE INDEX "user_data_copies_created_at_idx" ON "user_data_copies"("created_at");
