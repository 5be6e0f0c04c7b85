"use client";

import { Plus, X } from "lucide-react";
import { type FormEvent, type RefObject, useRef, useState } from "react";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { useTypedText } from "@/components/form/unsaved";
import { Button, IconButton } from "@/components/ui/button";
import { late, taken } from "@/components/ui/late";
import type { DeclaredProfileKey } from "@/lib/core/profiles/facts";
import { MAX_DECLARED_KEYS } from "@/lib/core/profiles/facts";

interface ProfileKeysControlProps {
  labelId: string;
  describedBy: string;
  keys: readonly DeclaredProfileKey[];
  disabled: boolean;
  onChange: (keys: DeclaredProfileKey[]) => void;
}

/** The declared extended keys as a list to add to and take from. A key that cannot be declared is told at its field. */
export function ProfileKeysControl({ labelId, describedBy, keys, disabled, onChange }: ProfileKeysControlProps) {
  const keyField = useRef<HTMLInputElement>(null);
  const relabel = (changed: string, label: string) =>
    onChange(keys.map((declared) => (declared.key === changed ? withLabel(changed, label) : declared)));
  const remove = (removed: string) => {
    onChange(keys.filter(({ key }) => key !== removed));
    keyField.current?.focus();
  };
  return (
    <fieldset aria-labelledby={labelId} aria-describedby={describedBy} className="flex flex-col gap-3">
      {keys.length === 0 ? (
        <p className="text-13 text-ink-muted">No keys declared.</p>
      ) : (
        <ul className="flex flex-col divide-y rounded-lg border">
          {keys.map((declared) => (
            <li key={declared.key} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2 pr-2 pl-3">
              <code className="min-w-0 flex-1 basis-48 text-13 [overflow-wrap:anywhere]">{declared.key}</code>
              <Input
                aria-label={`Label of ${declared.key}`}
                placeholder={disabled ? "" : "No label"}
                value={declared.label ?? ""}
                disabled={disabled}
                onChange={(event) => relabel(declared.key, event.target.value)}
                className="min-w-0 flex-1 basis-32"
              />
              <IconButton
                icon={X}
                size="sm"
                label={`Remove ${declared.key}`}
                disabled={disabled}
                onClick={() => remove(declared.key)}
              />
            </li>
          ))}
        </ul>
      )}
      {disabled ? null : <NewKey keys={keys} keyField={keyField} onAdd={(added) => onChange([...keys, added])} />}
    </fieldset>
  );
}

const withLabel = (key: string, label: string): DeclaredProfileKey => (label === "" ? { key } : { key, label });

const rules = late(() => import("@/lib/core/profiles/schema").then((part) => part.DeclaredProfileKeySchema));

interface NewKeyProps {
  keys: readonly DeclaredProfileKey[];
  keyField: RefObject<HTMLInputElement | null>;
  onAdd: (key: DeclaredProfileKey) => void;
}

function NewKey({ keys, keyField, onAdd }: NewKeyProps) {
  const [key, setKey] = useState("");
  const [label, setLabel] = useState("");
  const [problem, setProblem] = useState<{ key?: string; label?: string }>({});
  const typed = useTypedText();
  const full = keys.length >= MAX_DECLARED_KEYS;
  const add = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const schema = await taken(rules);
    if (schema === null) return;
    const parsed = schema.safeParse({ key: key.trim(), label });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      setProblem({ [issue?.path[0] === "label" ? "label" : "key"]: issue?.message });
      return;
    }
    if (keys.some((declared) => declared.key === parsed.data.key)) {
      setProblem({ key: `${parsed.data.key} is already declared.` });
      return;
    }
    onAdd(parsed.data);
    setKey("");
    setLabel("");
    setProblem({});
    keyField.current?.focus();
  };
  return (
    <form ref={typed.ref} method="post" noValidate onSubmit={add} className="flex flex-wrap items-start gap-3">
      <Field
        label="New key"
        error={problem.key}
        hint="ext_ followed by letters, digits or _. Case-sensitive."
        className="basis-full sm:basis-56"
      >
        <Input
          ref={keyField}
          value={key}
          placeholder="ext_"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          disabled={full}
          onChange={(event) => setKey(event.target.value)}
        />
      </Field>
      <Field label="Label" aside="optional" error={problem.label} className="basis-full sm:basis-40">
        <Input value={label} autoComplete="off" disabled={full} onChange={(event) => setLabel(event.target.value)} />
      </Field>
      <div className="flex items-center gap-3 self-start sm:pt-6">
        <Button type="submit" icon={Plus} disabled={full}>
          Add key
        </Button>
        {full ? <span className="text-ink-muted text-xs">You can declare up to {MAX_DECLARED_KEYS} keys.</span> : null}
      </div>
    </form>
  );
}
