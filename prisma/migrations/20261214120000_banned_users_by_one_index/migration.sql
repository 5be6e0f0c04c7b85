-- users_banned_until_user_idx answers whatever this one did.
DROP INDEX CONCURRENTLY "users_banned_until_idx";
