"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ReviewDialog } from "@/components/form/review-dialog";
import { SaveBar } from "@/components/form/save-bar";
import type { Scope } from "@/components/layout/quota-query";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { plural } from "@/components/ui/count-text";
import { notify } from "@/components/ui/toaster";
import type { SettingsState } from "@/lib/core/settings/get-settings";
import { SETTINGS, SETTINGS_NOTE_MAX, type SettingKey, type Settings } from "@/lib/core/settings/schema";
import { saveSettings } from "../actions";
import { changedKeys, type Drafts, draftProblem, reviewedChanges } from "./changes";
import { SettingRow } from "./setting-row";

interface Props {
  scope: Scope;
  environment: "development" | "production";
  state: SettingsState;
  mayChange: boolean;
}

const GROUPS = [...new Set(SETTINGS.map((setting) => setting.group))];

/** Nothing is saved by a control: changes are gathered, reviewed and saved together, on the version they were made on. */
export function SettingsForm({ scope, environment, state, mayChange }: Props) {
  const router = useRouter();
  const [drafts, setDrafts] = useState<Drafts>({});
  const [savedVersion, setSavedVersion] = useState<number | null>(null);
  const [reviewing, setReviewing] = useState(false);
  const [refreshing, startTransition] = useTransition();
  // The page shows what was saved: from here on the drafts would only hide other people's changes.
  if (savedVersion !== null && state.version >= savedVersion) {
    setSavedVersion(null);
    setDrafts({});
  }
  const values: Settings = { ...state.values, ...drafts };
  const keys = changedKeys(state.values, drafts);
  const problems = keys.some((key) => draftProblem(key, drafts) !== undefined);
  const dirty = keys.length > 0;
  // Somebody else has made the same changes meanwhile: there is nothing left to review.
  if (reviewing && !dirty) setReviewing(false);
  const reload = () => startTransition(() => router.refresh());
  const undo = (key: SettingKey) => setDrafts(({ [key]: _undone, ...rest }) => rest);
  return (
    <>
      <div className="flex flex-col gap-4">
        {GROUPS.map((group) => (
          <Card key={group} id={group.toLowerCase().replaceAll(" ", "-")} aria-label={group}>
            <CardHeader title={group} />
            <div className="divide-y border-t">
              {SETTINGS.filter((setting) => setting.group === group).map((setting) => (
                <SettingRow
                  key={setting.key}
                  setting={setting}
                  values={values}
                  saved={state.values}
                  lastChange={state.changed[setting.key]}
                  changed={keys.includes(setting.key)}
                  problem={draftProblem(setting.key, drafts)}
                  disabled={!mayChange || refreshing}
                  onChange={(change) => setDrafts((before) => ({ ...before, ...change }))}
                  onUndo={() => undo(setting.key)}
                />
              ))}
            </div>
          </Card>
        ))}
      </div>
      <SaveBar changes={keys.length} saved={savedVersion !== null}>
        <Button disabled={refreshing} onClick={() => setDrafts({})}>
          Discard
        </Button>
        <Button variant="primary" disabled={problems} pending={refreshing} onClick={() => setReviewing(true)}>
          Review
        </Button>
      </SaveBar>
      <ReviewDialog
        open={reviewing}
        onClose={() => setReviewing(false)}
        environment={environment}
        changes={reviewedChanges(keys, state.values, values)}
        noteMax={SETTINGS_NOTE_MAX}
        onSave={(note) =>
          saveSettings(scope, {
            version: state.version,
            changes: Object.fromEntries(keys.map((key) => [key, values[key]])),
            note,
          })
        }
        onSaved={(version) => {
          notify.success(`${plural(keys.length, "change")} saved.`);
          setSavedVersion(version);
          reload();
        }}
        onReload={reload}
        onKeep={() => {
          setDrafts({});
          reload();
        }}
        reloading={refreshing}
      />
    </>
  );
}
