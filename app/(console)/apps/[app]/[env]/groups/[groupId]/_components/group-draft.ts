import type { Group } from "@/lib/core/groups/group";
import { type GroupExtProfile, type GroupProfile, UpdateGroupSchema } from "@/lib/core/groups/schema";

/** What the form about a group holds, each as text. */
export interface GroupDraft {
  readonly name: string;
  readonly portraitUrl: string;
  readonly introduction: string;
  readonly announcement: string;
  /** JSON of an object of texts */
  readonly attributes: string;
}

export type GroupDraftProblems = Partial<Record<keyof GroupDraft, string>>;

export interface GroupChange {
  readonly groupId: string;
  readonly name?: string;
  readonly profile?: GroupProfile;
  readonly extended?: GroupExtProfile;
}

export const draftOf = ({ name, profile, extended }: Group): GroupDraft => ({
  name,
  portraitUrl: profile.portraitUrl ?? "",
  introduction: profile.introduction ?? "",
  announcement: profile.announcement ?? "",
  attributes: JSON.stringify(extended, null, 2),
});

/** The change that a draft makes of a group: only what differs, and "" for attributes that were left out. */
export function changeOf(
  group: Group,
  draft: GroupDraft,
): { readonly change: GroupChange } | { readonly problems: GroupDraftProblems } {
  const extended = attributesOf(draft.attributes);
  if (extended === null) return { problems: { attributes: 'Must be an object of texts, such as {"ext_floor": "4"}.' } };
  if (draft.name === "") return { problems: { name: "Must not be empty." } };
  const was = draftOf(group);
  const texts = (["portraitUrl", "introduction", "announcement"] as const).filter((key) => draft[key] !== was[key]);
  const cleared = Object.keys(group.extended).filter((key) => !(key in extended));
  const set = Object.entries(extended).filter(([key, value]) => group.extended[key] !== value);
  const change: GroupChange = {
    groupId: group.groupId,
    ...(draft.name === was.name ? {} : { name: draft.name }),
    ...(texts.length === 0 ? {} : { profile: Object.fromEntries(texts.map((key) => [key, draft[key]])) }),
    ...(cleared.length + set.length === 0
      ? {}
      : { extended: Object.fromEntries([...cleared.map((key) => [key, ""] as const), ...set]) }),
  };
  const parsed = UpdateGroupSchema.safeParse(change);
  if (parsed.success) return { change };
  return {
    problems: Object.fromEntries(
      parsed.error.issues.map(({ path, message }) => {
        const field = path[0] === "profile" ? path[1] : path[0];
        return [field === "extended" ? "attributes" : field, message];
      }),
    ),
  };
}

function attributesOf(text: string): Readonly<Record<string, string>> | null {
  if (text.trim() === "") return {};
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== "object" || read === null || Array.isArray(read)) return null;
    return Object.values(read).every((value) => typeof value === "string") ? (read as Record<string, string>) : null;
  } catch {
    return null;
  }
}
