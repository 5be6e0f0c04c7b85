/**
 * Registered users that a development environment may have unless its owner has set another number; soft-deleted ones do not
 * count (contract section 5.1).
 */
export const DEFAULT_USER_LIMIT = 100;

/** What an owner may set. More would make counting under the lock of each registration slow. */
export const USER_LIMIT_MIN = 10;

export const USER_LIMIT_MAX = 10_000;

export const QUOTA_NOTE_MAX = 250;
