"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { ReviewDialog } from "@/components/form/review-dialog";
import { SaveBar } from "@/components/form/save-bar";
import type { Scope } from "@/components/layout/quota-query";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { plural } from "@/components/ui/count-text";
import { late, useLate } from "@/components/ui/late";
import { notify } from "@/components/ui/notify";
import { onIntent } from "@/components/ui/on-intent";
import { NoMatchState } from "@/components/ui/states";
import { SETTINGS, SETTINGS_NOTE_MAX, type SettingKey } from "@/lib/core/settings/facts";
import type { SettingsState } from "@/lib/core/settings/get-settings";
import type { Settings } from "@/lib/core/settings/schema";
import { saveSettings } from "../../../_settings-actions/actions";
import { reviewedChanges } from "../../../_settings-actions/reviewed-changes";
import { SettingsImpact } from "../../../_settings-actions/settings-impact";
import { changedKeys, type Drafts, isFound } from "./changes";
import { CopyFromDevelopment } from "./copy-from-development";
import { SettingRow } from "./setting-row";
import { SettingsSearch } from "./settings-search";

const rules = late(() => import("./draft-problem").then((part) => part.draftProblem));
const RevertDialog = onIntent(() =>
  import("../../../_settings-actions/revert-dialog").then((part) => part.RevertDialog),
);

interface Props {
  scope: Scope;
  environment: "development" | "production";
  state: SettingsState;
  /** The settings of Development, where they can be copied from; null there, and where they could not be read. */
  development: Settings | null;
  mayChange: boolean;
}

/** Nothing is saved by a control: changes are gathered, reviewed and saved together, on the version they were made on. */
export function SettingsForm({ scope, environment, state, development, mayChange }: Props) {
  const router = useRouter();
  const [search, setSearch] = useState("");
  const [drafts, setDrafts] = useState<Drafts>({});
  const [savedVersion, setSavedVersion] = useState<number | null>(null);
  const [reviewing, setReviewing] = useState(false);
  /** The request whose change is to be reverted. */
  const [reverting, setReverting] = useState<string | null>(null);
  const [refreshing, startTransition] = useTransition();
  const offer = useRef<number | null>(null);
  // What the toast offers happens on this page.
  useEffect(() => () => notify.dismiss(offer.current), []);
  // The page shows what was saved: from here on the drafts would only hide other people's changes.
  if (savedVersion !== null && state.version >= savedVersion) {
    setSavedVersion(null);
    setDrafts({});
  }
  const values: Settings = { ...state.values, ...drafts };
  const keys = changedKeys(state.values, drafts);
  const dirty = keys.length > 0;
  // Comes with the first change; until then nothing can be reviewed.
  const check = useLate(rules, dirty);
  const draftProblem = (key: SettingKey) => check?.(key, drafts);
  const problems = dirty && (check === null || keys.some((key) => draftProblem(key) !== undefined));
  // Somebody else has made the same changes meanwhile: there is nothing left to review.
  if (reviewing && !dirty) setReviewing(false);
  const reload = () => startTransition(() => router.refresh());
  const undo = (key: SettingKey) => setDrafts(({ [key]: _undone, ...rest }) => rest);
  // What keeps the others from being saved is never hidden.
  const shown = SETTINGS.filter((setting) => isFound(search, setting) || draftProblem(setting.key) !== undefined);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <SettingsSearch value={search} found={shown.length} onChange={setSearch} />
        {development === null ? null : (
          <CopyFromDevelopment
            saved={state.values}
            development={development}
            disabled={!mayChange || refreshing}
            onChosen={(changes) => {
              setDrafts((before) => ({ ...before, ...changes }));
              setReviewing(true);
            }}
          />
        )}
      </div>
      {shown.length === 0 ? (
        <NoMatchState title={`No settings match “${search.trim()}”`} onClearSearch={() => setSearch("")} />
      ) : null}
      <div className="flex flex-col gap-4">
        {[...new Set(shown.map((setting) => setting.group))].map((group) => (
          <Card key={group} id={group.toLowerCase().replaceAll(" ", "-")} aria-label={group}>
            <CardHeader title={group} />
            <div className="divide-y border-t">
              {shown
                .filter((setting) => setting.group === group)
                .map((setting) => (
                  <SettingRow
                    key={setting.key}
                    setting={setting}
                    values={values}
                    saved={state.values}
                    lastChange={state.changed[setting.key]}
                    changed={keys.includes(setting.key)}
                    problem={draftProblem(setting.key)}
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
        onSaved={({ version, requestId }) => {
          offer.current = notify.success(`${plural(keys.length, "change")} saved.`, {
            action: { label: "Revert…", onClick: () => setReverting(requestId) },
          });
          setSavedVersion(version);
          reload();
        }}
        onReload={reload}
        onKeep={() => {
          setDrafts({});
          reload();
        }}
        reloading={refreshing}
      >
        <SettingsImpact scope={scope} keys={keys} before={state.values} after={values} />
      </ReviewDialog>
      {reverting === null ? null : (
        <RevertDialog
          scope={scope}
          environment={environment}
          requestId={reverting}
          onClose={() => setReverting(null)}
          onReverted={() => {
            setReverting(null);
            notify.success("Change reverted.");
            reload();
          }}
        />
      )}
    </>
  );
}
