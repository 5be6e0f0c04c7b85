"use client";

import { Plus, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, type KeyboardEvent, useId, useRef, useState, useTransition } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { Field } from "@/components/form/field";
import { FormConflict } from "@/components/form/form-conflict";
import { Input } from "@/components/form/input";
import { SaveBar } from "@/components/form/save-bar";
import { useUnsaved } from "@/components/form/unsaved";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { plural } from "@/components/ui/count-text";
import { late, taken } from "@/components/ui/late";
import { notify } from "@/components/ui/notify";
import { setUserTagsAction } from "../../actions";

const rules = late(() => import("./with-tag").then((part) => part.withTag));

interface TagsFormProps {
  userId: string;
  tags: readonly string[];
  /** Why nothing may be changed; null: it may. */
  locked: string | null;
}

const same = (one: readonly string[], other: readonly string[]) => JSON.stringify(one) === JSON.stringify(other);

/** A user's tags as words to add and to take away. Saving replaces all of them. */
export function TagsForm({ userId, tags, locked }: TagsFormProps) {
  const { scope } = useEnvironmentScope();
  const router = useRouter();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<readonly string[] | null>(null);
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [refreshing, startRefresh] = useTransition();
  /** What the page showed when the first tag was changed. */
  const [seen, setSeen] = useState(tags);
  const save = useAction(({ next, from }: { next: readonly string[]; from: readonly string[] }) =>
    setUserTagsAction(scope, { userIds: [userId], tags: [...next], seen: { tags: [...from] } }),
  );
  // Saved, or put back: there is nothing to keep.
  if (draft !== null && same(draft, tags)) setDraft(null);
  if (draft === null && !same(seen, tags)) setSeen(tags);
  const shown = draft ?? tags;
  const added = shown.filter((tag) => !tags.includes(tag)).length;
  const removed = tags.filter((tag) => !shown.includes(tag)).length;
  const changes = draft === null ? 0 : Math.max(1, added + removed);
  const busy = save.pending || refreshing;
  useUnsaved(typed.trim() !== "");

  /** The tags with what is typed among them; null when that cannot be one. */
  const withTyped = async (): Promise<readonly string[] | null> => {
    if (typed.trim() === "") return shown;
    const withTag = await taken(rules);
    if (withTag === null) return null;
    const next = withTag(shown, typed);
    setProblem("problem" in next ? next.problem : null);
    if ("problem" in next) return null;
    setDraft(next.tags);
    setTyped("");
    return next.tags;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== ",") return;
    if (event.key === "Enter" && typed.trim() === "") return;
    event.preventDefault();
    void withTyped();
  };
  const remove = (tag: string) => {
    setDraft(shown.filter((other) => other !== tag));
    input.current?.focus();
  };
  const discard = () => {
    setDraft(null);
    setTyped("");
    setProblem(null);
    save.reset();
  };
  const reload = () => startRefresh(() => router.refresh());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(seen);
  };
  const send = async (from: readonly string[]) => {
    if (busy) return;
    const next = await withTyped();
    if (next === null || same(next, tags)) return;
    const result = await save.run({ next, from });
    if (!result.ok) {
      if (result.error.conflict) reload();
      return;
    }
    notify.success(`Tags of ${userId} saved.`);
    reload();
  };

  return (
    <form method="post" onSubmit={submit} noValidate className="max-w-2xl">
      <Card aria-labelledby={`${id}-title`}>
        <CardHeader
          id={`${id}-title`}
          title="Tags"
          description="For choosing whom to push to. Your app server can set them too."
        />
        <CardBody className="flex flex-col gap-4">
          {shown.length === 0 ? (
            <p className="text-13 text-ink-muted">No tags.</p>
          ) : (
            <ul aria-label="Tags of this user" className="flex flex-wrap gap-2">
              {shown.map((tag) => (
                <li key={tag} className="flex h-7 max-w-full items-center rounded-md border bg-sunken pl-2.5 text-13">
                  <span className={locked === null ? "truncate" : "truncate pr-2.5"}>{tag}</span>
                  {locked === null ? (
                    <button
                      type="button"
                      aria-label={`Remove tag ${tag}`}
                      disabled={busy}
                      onClick={() => remove(tag)}
                      className="flex size-6 shrink-0 items-center justify-center rounded-md text-ink-muted hover:text-ink"
                    >
                      <X aria-hidden className="size-3.5" />
                    </button>
                  ) : null}
                </li>
              ))}
            </ul>
          )}
          {locked === null ? (
            <div className="flex items-start gap-3">
              <Field
                label="Add a tag"
                error={problem ?? undefined}
                hint="Letters, digits, _ and -. Enter or a comma adds it."
                className="max-w-sm flex-1"
              >
                <Input
                  ref={input}
                  value={typed}
                  autoComplete="off"
                  autoCapitalize="off"
                  spellCheck={false}
                  disabled={busy}
                  onChange={(event) => setTyped(event.target.value)}
                  onKeyDown={onKeyDown}
                />
              </Field>
              <Button icon={Plus} disabled={busy || typed.trim() === ""} className="mt-6.5" onClick={withTyped}>
                Add tag
              </Button>
            </div>
          ) : (
            <p className="text-ink-muted text-xs">Read only. {locked}</p>
          )}
          {changes > 0 ? <CopyAs call={serverApiCalls.batchSetUserTags({ userIds: [userId], tags: shown })} /> : null}
          <FormConflict
            error={save.error}
            changes={[{ label: "Tags", now: tags.join(", ") || "None", next: shown.join(", ") || "None" }]}
            pending={busy}
            onKeep={discard}
            onReplace={(conflict) => void send((conflict.current as { tags: readonly string[] }).tags)}
          />
        </CardBody>
        {locked === null ? (
          <CardFooter>
            <span>
              Saving replaces all tags of this user
              {changes > 0 ? `: ${plural(tags.length, "tag")} now, ${plural(shown.length, "tag")} after.` : "."}
            </span>
          </CardFooter>
        ) : null}
      </Card>
      <SaveBar changes={changes} saved={refreshing && save.error === null}>
        <Button disabled={busy} onClick={discard}>
          Discard
        </Button>
        <Button type="submit" variant="primary" pending={busy}>
          Replace tags
        </Button>
      </SaveBar>
    </form>
  );
}
