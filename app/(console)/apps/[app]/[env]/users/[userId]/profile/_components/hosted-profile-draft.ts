import { isBasicKey } from "@/lib/core/profiles/facts";
import type { HostedProfile } from "@/lib/core/profiles/schema";

/** Keys of a profile and their values as text, as a form has them; a key that is missing or "" is not set. */
export type KeyTexts = Readonly<Record<string, string>>;

/** Both kinds of keys in one: an extended key never has the name of a basic one. */
export function savedTexts(profile: HostedProfile | null): KeyTexts {
  if (profile === null) return {};
  const values = Object.entries({ ...profile.userProfile, ...profile.userExtProfile });
  return Object.fromEntries(values.map(([key, value]) => [key, String(value)]));
}

/** What was typed and differs from what is saved. */
export function changedTexts(saved: KeyTexts, drafts: KeyTexts): KeyTexts {
  return Object.fromEntries(Object.entries(drafts).filter(([key, text]) => text !== (saved[key] ?? "")));
}

/** The changes as a call takes them: both parts, those that are empty left out. */
export function changeInput(changes: KeyTexts): { userProfile?: KeyTexts; userExtProfile?: KeyTexts } {
  const part = (basic: boolean) => {
    const entries = Object.entries(changes).filter(([key]) => isBasicKey(key) === basic);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
  return { userProfile: part(true), userExtProfile: part(false) };
}

/** The extended keys that are set, as JSON to be looked at and changed. */
export function extendedJson(texts: KeyTexts): string {
  const set = Object.entries(texts).filter(([key, text]) => !isBasicKey(key) && text !== "");
  return JSON.stringify(Object.fromEntries(set), null, 2);
}

/** What JSON says of the extended keys: drafts of all of them, those that it does not name being cleared. */
export function draftsFromJson(json: string, known: readonly string[]): { drafts: KeyTexts } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { problem: "This is not JSON." };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { problem: 'Must be a JSON object, such as {"ext_team": "red"}.' };
  }
  const drafts = new Map<string, string>(known.map((key) => [key, ""]));
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") return { problem: `The value of ${key} must be text.` };
    if (isBasicKey(key)) return { problem: `${key} is a basic key with a field of its own.` };
    drafts.set(key, text);
  }
  return { drafts: Object.fromEntries(drafts) };
}

/** The drafts with these in place of all earlier ones of extended keys: what JSON no longer names is no draft. */
export function withExtended(drafts: KeyTexts, extended: KeyTexts): KeyTexts {
  const basic = Object.entries(drafts).filter(([key]) => isBasicKey(key));
  return { ...Object.fromEntries(basic), ...extended };
}
