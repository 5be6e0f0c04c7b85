/** A file that is imported holds so much at most. Browser-safe. */
export const IMPORT_MAX_BYTES = 5_000_000;

/** What of a user a column can be. */
export const IMPORT_FIELDS = ["userId", "name", "avatarUrl"] as const;
