/** The scenarios that Development can be seeded with. Browser-safe: what each makes stands in a file of its own. */
export const SCENARIOS = {
  empty: "Nobody.",
  friends:
    "Alice with four friends, an open request in each direction, a user she has blocked, a group of three and messages that wait for her.",
  "bans-ending":
    "Bans that end in 1 minute, 5 minutes, 1 hour, 1 day and 30 days from the seeding, one that has ended, one that was lifted, and a user who never was banned.",
  "full-quota": "As many users as there are free seats: the next registration is refused.",
  wave: "60 users with one prefix within a second, which the console shows as a registration wave.",
  unicode: "Names in many scripts and directions, emoji, combining marks, the longest name and the oddest IDs.",
  "soft-deleted":
    "Users who were soft-deleted just now (too early to restore), hours ago and a month ago, one of them banned, and a group that they are members of.",
  "busy-audit":
    "200 audit entries over the last ten days on 25 users: names, bans, unbans, tags and invalidated tokens.",
  demo: "60 people in every state, with profiles, tags, bans and groups behind them, to look around.",
} as const;

export type ScenarioName = keyof typeof SCENARIOS;

export const SCENARIO_NAMES = Object.keys(SCENARIOS) as [ScenarioName, ...ScenarioName[]];

/** What a person types before a reset. */
export const RESET_PHRASE = "reset development";
