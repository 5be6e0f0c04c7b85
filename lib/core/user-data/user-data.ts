/**
 * What is stored of a user, and what becomes of it: the one list that soft delete and the deletion of a test user both
 * follow. Whoever adds a table or column that holds a user's id adds a line here; user-data.test.ts fails until then,
 * and proves that each line does what it says.
 */

/** The two ways in which a user goes: soft delete keeps the id (contract section 8), a test user is gone altogether. */
export type Erasure = "softDelete" | "testUser";

/** The rows go, or they stay for the reason given. */
export type Fate = "erased" | { readonly kept: string };

/** Why rows stand in no copy of a user's data. */
type NotCopied = { readonly notCopied: string };

export interface UserDataRule {
  readonly table: string;
  /** The column that names the user. */
  readonly column: string;
  readonly softDelete: Fate;
  readonly testUser: Fate;
  /**
   * Another row counts these rows: `field` of the row of `table` whose key is this rule's column `by` sinks with each
   * row that goes.
   */
  readonly counted?: { readonly table: "users" | "groups"; readonly field: string; readonly by: string };
  /**
   * The rows stand in pairs, and no index leads to them by `column`: each is the other half of a row that names the
   * user in this column.
   */
  readonly mirrorOf?: string;
  /** What operators are told of such rows: "3 friends". Left out where another rule's rows tell of the same. */
  readonly words?: UserDataWord;
  /** Whether a copy of the user's data has these rows, or why it has not. */
  readonly copy: "rows" | NotCopied;
  /** Columns that a copy leaves out, since they are about somebody else. */
  readonly others?: readonly string[];
  /** Tables whose rows with the same value in this column go along. */
  readonly takesAlong?: { readonly by: string; readonly tables: readonly string[] };
}

/** What a user's data are called before they go and in the proof that they are gone: one of them, several. */
export const USER_DATA_WORDS = {
  messages: ["message", "messages"],
  sent: ["message that the app server sent for the user", "messages that the app server sent for the user"],
  profile: ["hosted profile", "hosted profiles"],
  tags: ["list of tags", "lists of tags"],
  notes: ["note", "notes"],
  friends: ["friend", "friends"],
  requestsSent: ["sent friend request", "sent friend requests"],
  requestsReceived: ["received friend request", "received friend requests"],
  blocked: ["blocked user", "blocked users"],
  blockedBy: ["user who blocks them", "users who block them"],
  owned: ["group that they own", "groups that they own"],
  memberships: ["group membership", "group memberships"],
  aliases: ["group alias", "group aliases"],
  favorites: ["group favorite", "group favorites"],
  bans: ["ban", "bans"],
  refused: ["refused connect", "refused connects"],
} as const satisfies Record<string, readonly [one: string, many: string]>;
export type UserDataWord = keyof typeof USER_DATA_WORDS;

const kept = (reason: string): Fate => ({ kept: reason });
const notCopied = (reason: string): NotCopied => ({ notCopied: reason });
const othersMessages = kept("someone else’s message to the user, in its sender’s inbox until it expires after a week");
const inInbox = notCopied("what the user received stands in inbox_entries");
const live = kept(
  "cut at once by the process that holds it, which then removes the row and tells that the user is offline",
);
const record = kept("the app's record of what was done and by whom");
const recordElsewhere = notCopied("the app's record, in the audit log and the lists of jobs and deliveries");

/** In the order in which rows are erased. */
export const USER_DATA: readonly UserDataRule[] = [
  {
    table: "inbox_entries",
    column: "user_id",
    // With what the user has said in them, which is in nobody's inbox any more, and the direct messages that nobody else has.
    softDelete: "erased",
    testUser: "erased",
    words: "messages",
    copy: "rows",
  },
  {
    table: "inbox_entries",
    column: "recipient_id",
    softDelete: othersMessages,
    testUser: othersMessages,
    copy: inInbox,
  },
  // Of those that are in the sender's inbox, the rule above has taken care.
  {
    table: "messages",
    column: "sender_id",
    softDelete: "erased",
    testUser: "erased",
    words: "sent",
    copy: "rows",
  },
  { table: "messages", column: "target_id", softDelete: othersMessages, testUser: othersMessages, copy: inInbox },
  {
    table: "user_profiles",
    column: "user_id",
    softDelete: "erased",
    testUser: "erased",
    words: "profile",
    copy: "rows",
  },
  { table: "user_tags", column: "user_id", softDelete: "erased", testUser: "erased", words: "tags", copy: "rows" },
  {
    table: "user_notes",
    column: "user_id",
    softDelete: "erased",
    testUser: "erased",
    words: "notes",
    copy: "rows",
    others: ["created_by_id", "created_by_name"],
  },
  // The words by which the user is found, which follow from the name.
  {
    table: "user_search_terms",
    column: "user_id",
    softDelete: "erased",
    testUser: "erased",
    copy: notCopied("follow from the name"),
  },
  {
    table: "friendships",
    column: "friend_id",
    softDelete: "erased",
    testUser: "erased",
    counted: { table: "users", field: "friend_count", by: "user_id" },
    mirrorOf: "user_id",
    copy: notCopied("the other half of each friendship, with what the friend has noted"),
  },
  {
    table: "friendships",
    column: "user_id",
    softDelete: "erased",
    testUser: "erased",
    words: "friends",
    copy: "rows",
  },
  {
    table: "friend_requests",
    column: "requester_id",
    softDelete: "erased",
    testUser: "erased",
    words: "requestsSent",
    copy: "rows",
  },
  {
    table: "friend_requests",
    column: "target_id",
    softDelete: "erased",
    testUser: "erased",
    words: "requestsReceived",
    copy: "rows",
  },
  { table: "blocks", column: "user_id", softDelete: "erased", testUser: "erased", words: "blocked", copy: "rows" },
  {
    table: "blocks",
    column: "blocked_id",
    softDelete: kept("someone else's wish, which must still hold after a restore"),
    testUser: "erased",
    counted: { table: "users", field: "blocked_count", by: "user_id" },
    words: "blockedBy",
    copy: notCopied("other users’ own lists"),
  },
  {
    table: "groups",
    column: "owner_id",
    softDelete: kept("memberships are kept, the owner's too"),
    // A group has an owner, who cannot leave it. Without one it is dismissed.
    testUser: "erased",
    takesAlong: {
      by: "group_id",
      tables: ["group_members", "group_aliases", "group_search_terms", "group_favorites"],
    },
    words: "owned",
    copy: "rows",
  },
  {
    table: "group_members",
    column: "user_id",
    softDelete: kept("memberships are kept and apply again after a restore"),
    testUser: "erased",
    counted: { table: "groups", field: "member_count", by: "group_id" },
    words: "memberships",
    copy: "rows",
  },
  {
    table: "group_aliases",
    column: "user_id",
    softDelete: "erased",
    testUser: "erased",
    words: "aliases",
    copy: "rows",
  },
  {
    table: "group_favorites",
    column: "user_id",
    softDelete: "erased",
    testUser: "erased",
    words: "favorites",
    copy: "rows",
  },
  {
    table: "group_favorites",
    column: "favorite_id",
    softDelete: kept("another member’s mark, on a membership that is kept"),
    testUser: "erased",
    copy: notCopied("other members’ own"),
  },
  {
    table: "bans",
    column: "user_id",
    softDelete: kept("the app's record; a running ban is still in force after a restore"),
    testUser: "erased",
    words: "bans",
    copy: "rows",
    // Whether an operator or an app server it was stays.
    others: ["banned_by_id", "banned_by_name", "lifted_by_id", "lifted_by_name"],
  },
  {
    table: "test_run_users",
    column: "user_id",
    softDelete: kept("the test run frees the id as well when it ends"),
    testUser: "erased",
    copy: "rows",
  },
  // Whoever wants a copy takes it before.
  {
    table: "user_data_copies",
    column: "user_id",
    softDelete: "erased",
    testUser: "erased",
    copy: notCopied("copies of the same"),
  },
  { table: "connections", column: "user_id", softDelete: live, testUser: live, copy: "rows" },
  {
    table: "refused_connects",
    column: "user_id",
    softDelete: "erased",
    testUser: "erased",
    words: "refused",
    copy: "rows",
  },
  { table: "audit_entries", column: "target_id", softDelete: record, testUser: record, copy: recordElsewhere },
  { table: "audit_entries", column: "actor_id", softDelete: record, testUser: record, copy: recordElsewhere },
  { table: "jobs", column: "params", softDelete: record, testUser: record, copy: recordElsewhere },
  { table: "job_items", column: "target_id", softDelete: record, testUser: record, copy: recordElsewhere },
  {
    table: "webhook_events",
    column: "order_key",
    softDelete: kept("what happened before is still delivered, and the deletion itself"),
    testUser: kept("what happened before is still delivered"),
    copy: recordElsewhere,
  },
];

/** What becomes of a column of the user's own row. `erased` is SQL of the value it gets. */
export type ColumnFate = { readonly erased: string } | { readonly kept: string };

/** The columns of `users` under soft delete; a test user's row goes as a whole. */
export const USER_COLUMNS: Readonly<Record<string, ColumnFate>> = {
  environment_id: { kept: "key" },
  user_id: { kept: "the id itself, which nobody else may register" },
  created_at: { kept: "when the id was registered" },
  banned_until: { kept: "a ban outlasts deletion and restore, else they would lift it" },
  soft_deleted_at: { kept: "says that the user is soft-deleted" },
  tokens_valid_from: { kept: "keeps the tokens from before dead" },
  name: { erased: "''" },
  search_name: { erased: "''" },
  avatar_url: { erased: "''" },
  last_seen_at: { erased: "NULL" },
  friend_count: { erased: "0" },
  blocked_count: { erased: "0" },
  friend_permission: { erased: "NULL" },
  profile_visibility: { erased: "NULL" },
  direct_muted_at: { erased: "NULL" },
};

/** Tables that hold nothing of users, and what they hold instead. @internal For the test that no table is forgotten. */
export const TABLES_WITHOUT_USERS: Readonly<Record<string, string>> = {
  _prisma_migrations: "applied migrations",
  apps: "customers' applications",
  environments: "their halves",
  settings: "chat settings",
  message_orders: "the last number of a message",
  message_slots: "which week a slot of messages holds",
  webhooks: "where events are sent",
  gateway_nodes: "the processes that hold connections",
  webhook_runs: "who delivers events now",
  webhook_attempts: "tries to deliver an event, by its number",
  operators: "people who sign in to the console",
  sessions: "their sign-ins",
  operator_tokens: "what programs act with in their name",
  operator_grants: "their roles in single environments",
  operator_identities: "whom an issuer knows them as",
  mails: "e-mails to operators that are still to be sent",
  daily_figures: "how many users there were and who came, by day, without their ids",
  refused_requests: "how many calls were over a limit, by hour and endpoint",
  registration_counts: "registrations by ten minutes, and what of an id or a name five or more of them share",
  registration_waves: "the same of registrations that rose far above the usual",
  saved_views: "searches and filters of the console's lists, under the names that operators gave them",
  list_columns: "which columns of a list an operator wants to see",
  sign_in_throttles: "failed sign-ins",
  sign_in_sources: "the same by network",
  passkeys: "operators’ passkeys",
  authenticator_apps: "what makes operators’ codes",
  recovery_codes: "operators’ recovery codes",
  password_links: "by which operators choose a new password",
  spent_tickets: "steps of sign-ins that were used",
  invitations: "invited operators",
  test_runs: "runs of test suites in Development; their users stand in test_run_users",
  clock_steps: "how the test clocks of development environments were moved",
  group_search_terms: "words by which groups are found; they go with their group",
  user_search_builds: "how far the users from before the search index are in it; gone when all of them are",
  installation_facts: "facts about the installation",
  audit_seals: "hashes of audit entries",
  audit_chain: "how many of those there are",
  audit_streams: "how far the audit log was sent on",
  bus_outbox: "events on their way to other processes, gone within seconds",
  request_nonces: "signed requests that were seen",
  rate_windows: "calls per App Key and endpoint",
};

/** Columns of the tables above whose names look like a user's id, and what they name instead. @internal For the same test. */
export const OTHER_IDS: Readonly<Record<string, string>> = {
  "user_profiles.unique_id": "the public number of a profile",
  "groups.group_id": "a group",
  "group_members.group_id": "a group",
  "group_aliases.group_id": "a group",
  "group_favorites.group_id": "a group",
  "bans.banned_by_id": "an operator or App Key",
  "bans.lifted_by_id": "an operator or App Key",
  "user_notes.created_by_id": "an operator",
  "test_run_users.run_id": "a test run",
  "audit_entries.request_id": "a request",
  "jobs.created_by_id": "an operator",
  "jobs.request_id": "a request",
  "job_items.job_id": "a job",
  "user_data_copies.job_id": "a job",
};
