"use client";

import { Eraser } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useId, useRef, useState, useTransition } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { FormConflict } from "@/components/form/form-conflict";
import { SaveBar } from "@/components/form/save-bar";
import { useUnsaved } from "@/components/form/unsaved";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { late, taken } from "@/components/ui/late";
import { notify } from "@/components/ui/notify";
import { onIntent } from "@/components/ui/on-intent";
import type { ProfileDetail } from "@/lib/core/profiles/get-profile-detail";
import { setUserProfileAction } from "../../actions";
import { BasicFields } from "./basic-fields";
import { ExtendedFields } from "./extended-fields";
import { changedTexts, changeInput, type KeyTexts, savedTexts, withExtended } from "./hosted-profile-draft";
import { ProfileState } from "./profile-state";

const rules = late(() => import("./hosted-profile-problems").then((part) => part.problemsOf));
const ClearProfileDialog = onIntent(() => import("./clear-profile-dialog").then((part) => part.ClearProfileDialog));

/** As the change carries it; null: no profile. */
interface SeenVersion {
  readonly version: number | null;
}

interface HostedProfileFormProps {
  userId: string;
  detail: ProfileDetail;
  /** Why nothing may be changed; null: it may. */
  locked: string | null;
}

/** Every key of the hosted profile. What is typed is kept until it is saved or discarded, whatever is read meanwhile. */
export function HostedProfileForm({ userId, detail, locked }: HostedProfileFormProps) {
  const { scope } = useEnvironmentScope();
  const router = useRouter();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const state = useRef<HTMLParagraphElement>(null);
  const afterClearing = useRef<HTMLElement>(null);
  const [drafts, setDrafts] = useState<KeyTexts>({});
  const [wrong, setWrong] = useState<KeyTexts>({});
  const [unreadable, setUnreadable] = useState(false);
  const [round, setRound] = useState(0);
  const [clearing, setClearing] = useState(false);
  const [refreshing, startRefresh] = useTransition();
  const [savedOver, setSavedOver] = useState<number | "none" | null>(null);
  const { profile, declaredKeys } = detail;
  const shown: SeenVersion = { version: profile?.version ?? null };
  /** What the page showed when typing began; null: nothing is typed. */
  const [seen, setSeen] = useState<SeenVersion | null>(null);
  const save = useAction(({ changes, seen: from }: { changes: KeyTexts; seen: SeenVersion }) =>
    setUserProfileAction(scope, { userId, ...changeInput(changes), seen: from }),
  );
  const version = profile?.version ?? "none";
  // The page shows what was saved: from here on the drafts would only hide other people's changes.
  if (savedOver !== null && savedOver !== version) {
    setSavedOver(null);
    setSeen(null);
    setDrafts({});
  }
  const saved = savedTexts(profile);
  const changes = changedTexts(saved, drafts);
  const count = Object.keys(changes).length;
  useUnsaved(unreadable);
  useEffect(() => {
    if (Object.keys(wrong).length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [wrong]);

  const edit = (next: (before: KeyTexts) => KeyTexts) => {
    setDrafts(next);
    setSeen((before) => before ?? shown);
  };
  const change = (typed: KeyTexts) => edit((before) => ({ ...before, ...typed }));
  const reload = () => startRefresh(() => router.refresh());
  const discard = () => {
    setDrafts({});
    setSeen(null);
    setWrong({});
    setUnreadable(false);
    setRound(round + 1);
    save.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(seen ?? shown);
  };
  const send = async (from: SeenVersion) => {
    if (count === 0 || unreadable || save.pending || refreshing) return;
    const problemsOf = await taken(rules);
    if (problemsOf === null) return;
    const problems = problemsOf(changes, declaredKeys);
    setWrong(problems);
    if (Object.keys(problems).length > 0) return;
    const result = await save.run({ changes, seen: from });
    if (!result.ok) {
      if (result.error.conflict) reload();
      const key = result.error.field?.split(".")[1];
      if (key !== undefined) setWrong({ [key]: result.error.message });
      return;
    }
    notify.success(`Hosted profile of ${userId} saved.`);
    setSavedOver(version);
    reload();
  };

  const fields = { texts: { ...saved, ...drafts }, wrong, readOnly: locked !== null, onChange: change };
  return (
    <form ref={form} method="post" onSubmit={submit} noValidate>
      <Card aria-labelledby={`${id}-title`}>
        <CardHeader
          id={`${id}-title`}
          title="Hosted profile"
          description="What clients can read about this user. The registered name and avatar are separate."
          action={
            profile !== null && locked === null ? (
              <Button
                icon={Eraser}
                variant="danger-quiet"
                onClick={(event) => {
                  afterClearing.current = event.currentTarget;
                  setClearing(true);
                }}
              >
                Clear…
              </Button>
            ) : null
          }
        />
        <CardBody className="flex flex-col gap-5">
          <ProfileState ref={state} detail={detail} />
          <BasicFields {...fields} />
          <ExtendedFields
            {...fields}
            saved={saved}
            declaredKeys={declaredKeys}
            round={round}
            onReplace={(extended) => edit((before) => withExtended(before, extended))}
            onUnreadable={setUnreadable}
          />
          {locked ? <p className="text-ink-muted text-xs">Read only. {locked}</p> : null}
          {count > 0 && !unreadable ? (
            <CopyAs call={serverApiCalls.setUserProfile({ userId, ...changeInput(changes) })} />
          ) : null}
          <FormConflict
            error={save.error}
            changes={Object.entries(changes).map(([key, next]) => ({
              label: key,
              now: saved[key] || "Not set",
              next: next || "Not set",
            }))}
            pending={save.pending || refreshing}
            onKeep={discard}
            onReplace={(conflict) => void send(conflict.current as SeenVersion)}
          />
        </CardBody>
      </Card>
      <SaveBar changes={count} saved={savedOver !== null} label="Unsaved changes of the hosted profile">
        <Button disabled={save.pending || refreshing} onClick={discard}>
          Discard
        </Button>
        <Button type="submit" variant="primary" disabled={unreadable} pending={save.pending || refreshing}>
          Save profile
        </Button>
      </SaveBar>
      <ClearProfileDialog
        userId={userId}
        open={clearing}
        onClose={() => setClearing(false)}
        onCleared={() => {
          // With the profile its button goes as well.
          afterClearing.current = state.current;
          discard();
          startRefresh(() => router.refresh());
        }}
        returnFocusTo={afterClearing}
      />
    </form>
  );
}
