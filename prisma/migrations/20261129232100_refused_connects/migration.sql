-- Connects that were refused to users whose tokens prove who they are, counted by day: at most a row for each code and
-- platform. The key serves the list of one user.
CREATE TABLE "refused_connects" (
    "environment_id" INTEGER NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "day" DATE NOT NULL,
    "code" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "sdk" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "ip" TEXT NOT NULL,

    CONSTRAINT "refused_connects_pkey" PRIMARY KEY ("environment_id", "user_id", "day", "code", "platform")
);

-- For the sweeper, which forgets days by environment.
CREATE INDEX "refused_connects_environment_id_day_idx" ON "refused_connects"("environment_id", "day");
