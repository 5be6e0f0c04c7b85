/**
 * How many soft deletes, or restores, of up to a hundred users each share a transaction, which looks through every table that holds
 * something of users: whoever waits for one of them waits for all.
 */
export const ERASED_TOGETHER = {
  maxCommands: 20,
  maxInFlight: 1,
  keysOf: ({ userIds }: { readonly userIds: readonly string[] }) => userIds,
};
