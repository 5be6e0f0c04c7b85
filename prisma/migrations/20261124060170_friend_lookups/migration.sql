-- A user's requests of one status are one range of an index that also gives their order, however many others there are.
DROP INDEX "friend_requests_environment_id_target_id_requested_at_reque_idx";
DROP INDEX "friend_requests_environment_id_requester_id_requested_at_ta_idx";
CREATE INDEX "friend_requests_received_idx" ON "friend_requests"("environment_id", "target_id", "status", "requested_at", "requester_id");
CREATE INDEX "friend_requests_sent_idx" ON "friend_requests"("environment_id", "requester_id", "status", "requested_at", "target_id");

-- While a table is empty all of its indexes cost the same, and of two that can answer PostgreSQL takes the one made last. A
-- look-up of one friend by an index of all of a user's friends would be kept as a plan and read all of them, so the keys are
-- made last (docs/decisions/0045-plans-that-do-not-depend-on-statistics.md).
ALTER TABLE "friendships" DROP CONSTRAINT "friendships_pkey";
ALTER TABLE "friendships" ADD CONSTRAINT "friendships_pkey" PRIMARY KEY ("environment_id", "user_id", "friend_id");
ALTER TABLE "friend_requests" DROP CONSTRAINT "friend_requests_pkey";
ALTER TABLE "friend_requests" ADD CONSTRAINT "friend_requests_pkey" PRIMARY KEY ("environment_id", "requester_id", "target_id");
ALTER TABLE "blocks" DROP CONSTRAINT "blocks_pkey";
ALTER TABLE "blocks" ADD CONSTRAINT "blocks_pkey" PRIMARY KEY ("environment_id", "user_id", "blocked_id");
