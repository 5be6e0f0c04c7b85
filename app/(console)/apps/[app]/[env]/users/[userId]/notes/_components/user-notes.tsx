"use client";

import { StickyNote } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState, useTransition } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { FormConflict } from "@/components/form/form-conflict";
import { Textarea } from "@/components/form/input";
import { useUnsaved } from "@/components/form/unsaved";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { plural } from "@/components/ui/count-text";
import { notify } from "@/components/ui/notify";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { NOTE_MAX_CHARACTERS } from "@/lib/core/notes/facts";
import type { UserNote } from "@/lib/core/notes/schema";
import { addNoteAction, changeNoteAction, deleteNoteAction } from "../../actions";

interface UserNotesProps {
  userId: string;
  isSoftDeleted: boolean;
  /** Of the operator who looks. */
  ownId: string;
  notes: readonly UserNote[];
}

/** What operators have noted about a user, newest first. */
export function UserNotes({ userId, isSoftDeleted, ownId, notes }: UserNotesProps) {
  const { whyNot } = useEnvironmentScope();
  const noWrite = whyNot("notes.write") ?? (isSoftDeleted ? "The notes of a soft-deleted user are erased." : null);
  return (
    <section
      aria-label="Notes"
      data-state={notes.length === 0 ? "empty" : "ready"}
      className="flex max-w-2xl flex-col gap-4"
    >
      {noWrite === null ? <NewNote userId={userId} /> : <p className="text-13 text-ink-muted">{noWrite}</p>}
      <p role="status" className="sr-only">
        {plural(notes.length, "note")}
      </p>
      {notes.length === 0 ? (
        <Card>
          <EmptyState icon={StickyNote} title="No notes yet">
            <p>Notes are for operators. The user’s apps never see them.</p>
          </EmptyState>
        </Card>
      ) : (
        <ul className="flex flex-col gap-3">
          {notes.map((note) => (
            <li key={note.id}>
              <Note
                userId={userId}
                note={note}
                mayChange={noWrite === null && note.createdBy.id === ownId}
                mayDelete={noWrite === null && (note.createdBy.id === ownId || whyNot("notes.delete_others") === null)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function NewNote({ userId }: { userId: string }) {
  const { scope } = useEnvironmentScope();
  const router = useRouter();
  const [text, setText] = useState("");
  const add = useAction((written: string) => addNoteAction(scope, { userId, text: written }));
  useUnsaved(text.trim() !== "");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "" || add.pending) return;
    const result = await add.run(text);
    if (!result.ok) return;
    setText("");
    notify.success("Note added.");
    router.refresh();
  };
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-2">
      <Field label="New note" error={add.error?.field === "text" ? add.error.message : undefined}>
        <Textarea
          value={text}
          rows={3}
          maxLength={NOTE_MAX_CHARACTERS}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <ActionErrorAlert error={add.error?.field ? null : add.error} />
      <Button
        type="submit"
        variant="primary"
        pending={add.pending}
        disabled={text.trim() === ""}
        className="self-start"
      >
        Add note
      </Button>
    </form>
  );
}

interface NoteProps {
  userId: string;
  note: UserNote;
  mayChange: boolean;
  mayDelete: boolean;
}

function Note({ userId, note, mayChange, mayDelete }: NoteProps) {
  const { scope, environment } = useEnvironmentScope();
  const router = useRouter();
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const editor = useRef<HTMLButtonElement>(null);
  const close = () => {
    setEditing(false);
    editor.current?.focus();
  };
  return (
    <Card>
      <CardBody className="flex flex-col gap-2 pt-4">
        <div className="flex flex-wrap items-center gap-x-2 text-13">
          <span className="font-medium">{note.createdBy.name}</span>
          <span className="mr-auto text-ink-muted">
            <RelativeTime date={note.createdAt} />
            {note.editedAt === null ? null : (
              <>
                , edited <RelativeTime date={note.editedAt} />
              </>
            )}
          </span>
          {mayChange ? (
            <Button ref={editor} size="sm" variant="ghost" disabled={editing} onClick={() => setEditing(true)}>
              Edit
            </Button>
          ) : null}
          {mayDelete ? (
            <Button ref={opener} size="sm" variant="ghost" onClick={() => setDeleting(true)}>
              Delete…
            </Button>
          ) : null}
        </div>
        {editing ? (
          <EditNote userId={userId} note={note} onClose={close} />
        ) : (
          <p className="whitespace-pre-wrap text-13 [overflow-wrap:anywhere]">{note.text}</p>
        )}
      </CardBody>
      {deleting ? (
        <ConfirmDialog
          onClose={() => setDeleting(false)}
          returnFocusTo={opener}
          environment={environment}
          title="Delete this note?"
          effect={`${note.createdBy.name} wrote it about ${userId}.`}
          undo="This cannot be undone."
          confirmLabel="Delete note"
          onConfirm={() => deleteNoteAction(scope, { userId, noteId: note.id })}
          onDone={() => {
            notify.success("Note deleted.");
            router.refresh();
          }}
        />
      ) : null}
    </Card>
  );
}

function EditNote({ userId, note, onClose }: Pick<NoteProps, "userId" | "note"> & { onClose: () => void }) {
  const { scope } = useEnvironmentScope();
  const router = useRouter();
  const [text, setText] = useState(note.text);
  // What was on the screen when the editing began, whatever is read meanwhile.
  const [shown] = useState(note.text);
  const field = useRef<HTMLTextAreaElement>(null);
  const [refreshing, startRefresh] = useTransition();
  const save = useAction((seen: string) => changeNoteAction(scope, { userId, noteId: note.id, text, shown: seen }));
  useUnsaved(text !== shown);
  useEffect(() => field.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(shown);
  };
  const send = async (seen: string) => {
    if (save.pending) return;
    const result = await save.run(seen);
    if (!result.ok) {
      if (result.error.conflict) startRefresh(() => router.refresh());
      return;
    }
    onClose();
    notify.success("Note saved.");
    router.refresh();
  };
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-2">
      <Field label="Note" error={save.error?.field === "text" ? save.error.message : undefined}>
        <Textarea
          ref={field}
          value={text}
          rows={3}
          maxLength={NOTE_MAX_CHARACTERS}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <FormConflict
        error={save.error?.field ? null : save.error}
        changes={[{ label: "Note", now: note.text, next: text }]}
        pending={save.pending || refreshing}
        onKeep={onClose}
        onReplace={({ current }) => void send((current as { text: string }).text)}
      />
      <div className="flex gap-2">
        <Button onClick={onClose} disabled={save.pending}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" pending={save.pending} disabled={text.trim() === ""}>
          Save note
        </Button>
      </div>
    </form>
  );
}
