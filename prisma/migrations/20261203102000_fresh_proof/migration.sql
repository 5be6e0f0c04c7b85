-- When whoever uses the session has last proven who they are. Null: a session from before.
ALTER TABLE "sessions" ADD COLUMN "confirmed_at" TIMESTAMPTZ(3);
