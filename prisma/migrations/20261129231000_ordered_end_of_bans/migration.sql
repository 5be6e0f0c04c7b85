-- The end as ordered of a ban that was lifted or replaced, so that undoing this puts it back to the millisecond.
ALTER TABLE "bans" ADD COLUMN "ordered_ends_at" TIMESTAMPTZ(3);
