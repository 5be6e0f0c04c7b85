import type { DeclaredProfileKey } from "@/lib/core/profiles/facts";
import { readProfileChange } from "@/lib/core/profiles/profile-change";
import { changeInput, type KeyTexts } from "./hosted-profile-draft";

/** Why a changed key cannot be saved, by key, as far as the browser can tell. */
export function problemsOf(changes: KeyTexts, declaredKeys: readonly DeclaredProfileKey[]): KeyTexts {
  const declared = new Set(declaredKeys.map(({ key }) => key));
  const { problems } = readProfileChange(changeInput(changes), { declared, uniqueIdSettable: true });
  return Object.fromEntries(problems.map(({ key, message }) => [key, message]));
}
