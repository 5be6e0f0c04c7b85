-- What the overview shows of each day, so that showing it costs the same however many users there are.

-- CreateTable
CREATE TABLE "daily_figures" (
    "environment_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "registered" INTEGER NOT NULL,
    "active" INTEGER,
    "peak_connections" INTEGER,
    "kept_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "daily_figures_pkey" PRIMARY KEY ("environment_id","day")
);
