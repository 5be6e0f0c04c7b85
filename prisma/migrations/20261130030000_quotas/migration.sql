-- How many users may be registered in a Development environment, where its owner has set it.
ALTER TABLE "environments" ADD COLUMN "user_limit" INTEGER;

-- Requests to the Server API that were over their rate limit, counted by hour: at most a row for each endpoint. The key
-- serves the last day of one environment and the sweeper, which forgets hours by environment.
CREATE TABLE "refused_requests" (
    "environment_id" INTEGER NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "endpoint" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "refused_requests_pkey" PRIMARY KEY ("environment_id", "hour", "endpoint")
);
