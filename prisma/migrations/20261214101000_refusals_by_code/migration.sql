-- The audit log by one error code (lib/core/audit/audit-list-store.ts): refusals are few among the entries, and one code is few among those.
CREATE INDEX "audit_entries_refused_code_idx" ON "audit_entries" ("environment_id", "result", "at", "id") WHERE "result" <> 'ok';
