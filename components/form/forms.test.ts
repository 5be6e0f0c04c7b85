import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const files = ["app", "components"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tsx"))
    .map((file) => `${folder}/${file}`),
);

/** Hold nothing that could be lost: what is chosen stands in the address, is typed to confirm, or was pasted to be read once. */
const NOTHING_TO_LOSE = [
  "token-inspector/_components/token-inspector.tsx",
  "delete-test-users/_components/choose-step.tsx",
  "delete-test-users/_components/confirm-deletion.tsx",
];

test("every form asks before its unsaved input is lost", () => {
  const forms = files.filter((file) => readFileSync(file, "utf8").includes("<form"));
  expect(forms.length).toBeGreaterThan(5);
  const guarded = /<SaveBar|useTypedText\(|useUnsaved\(|<Dialog\b/;
  const unguarded = forms.filter((file) => !guarded.test(readFileSync(file, "utf8")));
  expect(unguarded.filter((file) => !NOTHING_TO_LOSE.some((known) => file.endsWith(known)))).toEqual([]);
});

test("every form with a draft sends what the page showed when typing began, not what was read since", () => {
  const drafts = files.filter((file) => readFileSync(file, "utf8").includes("useDraft("));
  expect(drafts.length).toBeGreaterThan(3);
  expect(drafts.filter((file) => !readFileSync(file, "utf8").includes("draft.seen"))).toEqual([]);
});
