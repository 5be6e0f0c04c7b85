const text = (characters: number) =>
  ({
    kind: "text",
    maxCharacters: characters,
  }) as const;
const number = (max: number) => ({ kind: "number", min: 0, max }) as const;

/** The fixed keys of a hosted profile; any other is refused. */
export const BASIC_KEYS = {
  uniqueId: text(32),
  name: text(64),
  portraitUri: text(1024),
  email: text(128),
  birthday: text(32),
  /** 0 unknown, 1 male, 2 female */
  gender: number(2),
  location: text(32),
  role: number(100),
  level: number(100),
} as const;

export type BasicKey = keyof typeof BASIC_KEYS;
export type TextKey = { [Key in BasicKey]: (typeof BASIC_KEYS)[Key]["kind"] extends "text" ? Key : never }[BasicKey];
export type NumberKey = Exclude<BasicKey, TextKey>;

export const BASIC_KEY_NAMES = Object.keys(BASIC_KEYS) as readonly BasicKey[];

export const isBasicKey = (key: string): key is BasicKey => Object.hasOwn(BASIC_KEYS, key);

export const MAX_DECLARED_KEYS = 100;

export const PROFILE_VISIBILITIES = ["hidden", "everyone", "friends"] as const;

export type ProfileVisibility = (typeof PROFILE_VISIBILITIES)[number];

export const PROFILE_VISIBILITY_WORDS: Readonly<Record<ProfileVisibility, string>> = {
  hidden: "Hidden, except name and avatar",
  everyone: "Everyone",
  friends: "Friends only",
};

/** A key that hosted profiles may use, perhaps with a name for people. */
export interface DeclaredProfileKey {
  readonly key: string;
  readonly label?: string;
}

/** "ext_team (Team)" */
export const declaredProfileKeyText = ({ key, label }: DeclaredProfileKey) => (label ? `${key} (${label})` : key);
