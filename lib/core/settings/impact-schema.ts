import { z } from "zod";
import { searchText } from "../input/text";
import type { CappedCount } from "../paging/page-size";
import type { DeclaredProfileKey } from "../profiles/schema";
import type { SettingKey, Settings } from "./schema";

/**
 * What a change of the chat settings does to what is stored, where that can be counted cheaply. Browser-safe.
 */
export const IMPACT_FIGURES = [
  /** Pairs who have written to each other and are not friends. */
  "strangers",
  /** Users with more than one live connection on one platform. */
  "connectedTwice",
  /** Users who have not chosen who sees their profile. */
  "withoutVisibility",
  /** Users who have not chosen who may befriend them. */
  "withoutLevel",
  /** Hosted profiles that hold a value of certain extended keys. */
  "profiles",
] as const;
export type ImpactFigure = (typeof IMPACT_FIGURES)[number];

export interface ImpactCount extends CappedCount {
  /** False: only the latest of many were looked at, so there may be more. */
  readonly whole: boolean;
}

export type SettingsImpact = Partial<Record<ImpactFigure, ImpactCount>>;

const list = (max: number) =>
  searchText(max)
    .default("")
    .transform((text) => text.split(",").filter((part) => part !== ""));

/** As the endpoint's address spells it. */
export const SettingsImpactQuerySchema = z.object({
  /** Comma-separated; unknown ones are ignored. */
  figures: list(200).transform((names) => IMPACT_FIGURES.filter((figure) => names.includes(figure))),
  /** Comma-separated extended keys, for `profiles`. */
  keys: list(4_000),
});
export type SettingsImpactQueryInput = z.input<typeof SettingsImpactQuerySchema>;

export interface CountedChange {
  readonly figure: ImpactFigure;
  /** Extended keys, for `profiles`. */
  readonly keys: readonly string[];
}

/** What is to be counted for a change of one setting; null where a sentence says it all. */
export function countedChange<Key extends SettingKey>(
  key: Key,
  before: Settings[Key],
  after: Settings[Key],
): CountedChange | null {
  switch (key) {
    case "restrictDirectMessagingToFriends":
      return after === true ? { figure: "strangers", keys: [] } : null;
    case "samePlatformConnections":
      return after === "replace" ? { figure: "connectedTwice", keys: [] } : null;
    case "defaultProfileVisibility":
      return { figure: "withoutVisibility", keys: [] };
    case "friendRequestPreference":
      return { figure: "withoutLevel", keys: [] };
    case "profileKeys": {
      const kept = new Set((after as readonly DeclaredProfileKey[]).map((declared) => declared.key));
      const removed = (before as readonly DeclaredProfileKey[])
        .map((declared) => declared.key)
        .filter((k) => !kept.has(k));
      return removed.length === 0 ? null : { figure: "profiles", keys: removed };
    }
    default:
      return null;
  }
}
