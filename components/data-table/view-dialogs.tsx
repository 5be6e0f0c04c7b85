"use client";

import { type RefObject, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { CheckboxField } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { Input } from "@/components/form/input";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/notify";
import type { ActionResult } from "@/lib/console/action-result";
import { type KeptList, type ShownView, VIEW_NAME_MAX } from "@/lib/core/views/schema";
import { type KeptActions, useKeptLists } from "./kept-lists";

interface DialogProps {
  list: KeptList;
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

interface ViewDialogProps extends DialogProps {
  /** The view to change; null: a new one. */
  view: ShownView | null;
  /** What it shows. */
  query: string;
  /** After the server has saved it; the id of a new one. */
  onDone: (id: string | null) => void;
}

function useKeptActions(): KeptActions {
  const kept = useKeptLists();
  if (kept === null) throw new Error("Views stand inside <KeptListsProvider>");
  return kept.actions;
}

/** Gives a view a name, and shares it or keeps it to oneself. */
export function ViewDialog({ list, view, query, onClose, onDone, returnFocusTo }: ViewDialogProps) {
  const { scope, environment, whyNot } = useEnvironmentScope();
  const actions = useKeptActions();
  const [name, setName] = useState(view?.name ?? "");
  const [shared, setShared] = useState(view?.shared ?? false);
  const noShare = view?.shared ? null : whyNot("views.share");
  const save = useAction(async (version: number): Promise<ActionResult<{ id: string | null }>> => {
    if (view === null) return actions.saveView(scope, { list, name, query, shared });
    const result = await actions.changeView(scope, { list, viewId: view.id, version, name, query, shared });
    return result.ok ? { ok: true, data: { id: null } } : result;
  });
  const { error } = save;
  const conflict = error?.conflict?.current as { version: number } | undefined;
  const submit = async () => {
    const result = await save.run(conflict?.version ?? view?.version ?? 0);
    if (!result.ok) return;
    onClose();
    onDone(result.data.id);
    notify.success(`View “${name.trim()}” saved.`);
  };
  return (
    <FormDialog
      size="sm"
      environment={environment}
      title={view === null ? "Save as a new view" : `Rename or share “${view.name}”`}
      description={view === null ? "A view keeps search, filters, order and columns." : undefined}
      submitLabel="Save view"
      ready={name.trim() !== "" && (view === null || name.trim() !== view.name || shared !== view.shared)}
      pending={save.pending}
      onClose={onClose}
      onKept={conflict ? () => onDone(null) : undefined}
      onSubmit={submit}
      returnFocusTo={returnFocusTo}
    >
      <Field label="Name" required error={error?.field === "name" ? error.message : undefined}>
        <Input
          value={name}
          maxLength={VIEW_NAME_MAX}
          autoFocus
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <CheckboxField
        label="Share with other operators"
        hint={
          noShare ?? `They find it in the same list, in ${environment === "production" ? "Production" : "Development"}.`
        }
        checked={shared}
        disabled={noShare !== null}
        onCheckedChange={(checked) => setShared(checked === true)}
      />
      {error?.field === "name" ? null : <ActionErrorAlert error={error} />}
    </FormDialog>
  );
}

interface DeleteViewDialogProps extends DialogProps {
  view: ShownView;
  onDone: () => void;
}

/** Asks before a view is deleted. */
export function DeleteViewDialog({ list, view, onClose, onDone, returnFocusTo }: DeleteViewDialogProps) {
  const { scope, environment } = useEnvironmentScope();
  const actions = useKeptActions();
  return (
    <ConfirmDialog
      title={`Delete the view “${view.name}”?`}
      environment={environment}
      effect={view.shared ? "All operators lose it. What it shows stays." : "What it shows stays."}
      confirmLabel="Delete view"
      onConfirm={() => actions.deleteView(scope, { list, viewId: view.id })}
      onClose={onClose}
      onDone={() => {
        onDone();
        notify.success(`View “${view.name}” deleted.`);
      }}
      returnFocusTo={returnFocusTo}
    />
  );
}
