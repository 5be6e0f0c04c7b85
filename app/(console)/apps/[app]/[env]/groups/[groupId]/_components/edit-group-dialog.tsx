"use client";

import { type RefObject, useState } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { Input, Textarea } from "@/components/form/input";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { notify } from "@/components/ui/notify";
import type { Seeing } from "@/lib/console/action";
import type { Group } from "@/lib/core/groups/group";
import type { UpdateGroupInput } from "@/lib/core/groups/schema";
import { updateGroupAction } from "../../../_group-actions/actions";
import { changeOf, draftOf, type GroupChange, type GroupDraft, type GroupDraftProblems } from "./group-draft";

interface EditGroupDialogProps {
  group: Group;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  /** After the server has changed it. */
  onDone: () => void;
}

/** Changes what a group tells of itself; its members' clients are told. */
export function EditGroupDialog({ group, returnFocusTo, onClose, onDone }: EditGroupDialogProps) {
  const { scope, environment } = useEnvironmentScope();
  const { groupId } = group;
  const [draft, setDraft] = useState(() => draftOf(group));
  const [wrong, setWrong] = useState<GroupDraftProblems>({});
  const save = useAction((input: Seeing<UpdateGroupInput>) => updateGroupAction(scope, input));
  const conflict = save.error?.conflict;
  const read = changeOf(group, draft);
  const changed = "problems" in read || Object.keys(read.change).length > 1;

  const submit = async () => {
    setWrong("problems" in read ? read.problems : {});
    if ("problems" in read) return;
    const { name, profile, extended } = group;
    const shown = { name, profile: texts(profile), extended };
    const seen = (conflict?.current as Seeing<UpdateGroupInput>["seen"] | undefined) ?? shown;
    const result = await save.run({ ...read.change, seen });
    if (!result.ok) return;
    onClose();
    onDone();
    notify.success(`Group ${groupId} saved.`);
  };

  const input = (key: Exclude<keyof GroupDraft, "attributes">) => ({
    value: draft[key],
    autoComplete: "off",
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [key]: event.target.value }),
  });
  return (
    <FormDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title={`Edit ${groupId}`}
      description="Members’ clients are told of the change."
      submitLabel="Save group"
      ready={changed}
      pending={save.pending}
      onKept={conflict ? onDone : undefined}
      onSubmit={submit}
    >
      <Field label="Name" error={wrong.name}>
        <Input {...input("name")} autoFocus />
      </Field>
      <Field label="Picture address" error={wrong.portraitUrl} hint="Leave it empty for none.">
        <Input {...input("portraitUrl")} inputMode="url" />
      </Field>
      <Field label="Introduction" error={wrong.introduction}>
        <Textarea {...input("introduction")} rows={3} />
      </Field>
      <Field label="Announcement" error={wrong.announcement}>
        <Textarea {...input("announcement")} rows={3} />
      </Field>
      <Field
        label="Attributes as JSON"
        error={wrong.attributes}
        hint="An object of texts whose keys start with ext_. Keys that you leave out are cleared."
      >
        <Textarea
          value={draft.attributes}
          rows={4}
          spellCheck={false}
          className="font-mono text-13"
          onChange={(event) => setDraft({ ...draft, attributes: event.target.value })}
        />
      </Field>
      {"change" in read && changed ? <CopyAs call={sameCall(read.change)} /> : null}
      <ActionErrorAlert error={save.error} />
    </FormDialog>
  );
}

/** Without keys that are not set. */
const texts = (profile: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(profile).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

const sameCall = ({ groupId, name, profile, extended }: GroupChange) =>
  serverApiCalls.updateGroupChannelProfile({
    channelId: groupId,
    ...(name === undefined ? {} : { name }),
    ...(profile === undefined ? {} : { groupProfile: texts(profile) }),
    ...(extended === undefined ? {} : { groupExtProfile: extended }),
  });
