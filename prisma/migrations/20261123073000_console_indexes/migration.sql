-- The audit log is ordered by time (then id), under each of its filters and under a range of time.
DROP INDEX "audit_entries_environment_id_action_id_idx";
DROP INDEX "audit_entries_environment_id_actor_id_id_idx";
DROP INDEX "audit_entries_environment_id_target_kind_target_id_id_idx";
CREATE INDEX "audit_entries_environment_id_action_at_id_idx" ON "audit_entries"("environment_id", "action", "at", "id");
CREATE INDEX "audit_entries_environment_id_actor_id_at_id_idx" ON "audit_entries"("environment_id", "actor_id", "at", "id");
CREATE INDEX "audit_entries_environment_id_target_kind_target_id_at_id_idx" ON "audit_entries"("environment_id", "target_kind", "target_id", "at", "id");
-- "Refused", and each single error code.
CREATE INDEX "audit_entries_refused_idx" ON "audit_entries"("environment_id", "at", "id") WHERE "result" <> 'ok';
-- What people and the installation itself did, and what was done to other things than users: rare among the entries
-- of app servers about users, and so found without passing those.
CREATE INDEX "audit_entries_people_idx" ON "audit_entries"("environment_id", "at", "id") WHERE "actor_kind" <> 'app_server';
CREATE INDEX "audit_entries_things_idx" ON "audit_entries"("environment_id", "at", "id") WHERE "target_kind" <> 'user';

-- Bans ordered by whom, soonest or latest end first.
CREATE INDEX "bans_environment_id_banned_by_kind_ends_at_id_idx" ON "bans"("environment_id", "banned_by_kind", "ends_at", "id");

-- One state of a job's items, in their order: what failed, and what is left to do.
CREATE INDEX "job_items_environment_id_job_id_state_position_idx" ON "job_items"("environment_id", "job_id", "state", "position");
