"use client";

import { useState } from "react";
import { Field } from "@/components/form/field";
import { Input, Textarea } from "@/components/form/input";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Code } from "@/components/ui/id";
import { Link } from "@/components/ui/link";
import type { DeclaredProfileKey } from "@/lib/core/profiles/facts";
import { isBasicKey } from "@/lib/core/profiles/facts";
import type { ProfileFieldsProps } from "./basic-fields";
import { draftsFromJson, extendedJson, type KeyTexts } from "./hosted-profile-draft";

interface ExtendedFieldsProps extends ProfileFieldsProps {
  saved: KeyTexts;
  declaredKeys: readonly DeclaredProfileKey[];
  /** Takes drafts in place of all earlier ones of extended keys. */
  onReplace: (extended: KeyTexts) => void;
  /** Grows when all is discarded: then typed JSON goes as well. */
  round: number;
  /** Told while the JSON cannot be read: then there is nothing to save. */
  onUnreadable: (unreadable: boolean) => void;
}

const VIEWS = ["Fields", "JSON"] as const;

/** The extended keys, one by one or all of them as JSON. */
export function ExtendedFields(props: ExtendedFieldsProps) {
  const { declaredKeys, saved, onUnreadable } = props;
  const { base } = useEnvironmentScope();
  const [view, setView] = useState<(typeof VIEWS)[number]>("Fields");
  const declared = declaredKeys.map(({ key }) => key);
  const undeclared = Object.keys(saved).filter((key) => !isBasicKey(key) && !declared.includes(key));
  return (
    <fieldset className="flex flex-col gap-3 border-t pt-4">
      <legend className="sr-only">Extended keys</legend>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p aria-hidden className="font-medium text-13">
          Extended keys
        </p>
        {/* biome-ignore lint/a11y/useSemanticElements: two buttons that change the view, not a field of the form */}
        <div role="group" aria-label="View of the extended keys" className="flex">
          {VIEWS.map((name) => (
            <Button
              key={name}
              size="sm"
              aria-pressed={view === name}
              className={cn(
                "rounded-none first:rounded-l-md last:-ml-px last:rounded-r-md",
                view === name ? "bg-pressed" : "text-ink-muted",
              )}
              onClick={() => {
                setView(name);
                onUnreadable(false);
              }}
            >
              {name}
            </Button>
          ))}
        </div>
      </div>
      {view === "JSON" ? (
        <JsonField key={props.round} {...props} known={[...declared, ...undeclared]} />
      ) : (
        <KeyFields {...props} undeclared={undeclared} />
      )}
      <p className="text-ink-faint text-xs">
        Declare keys under{" "}
        <Link href={`${base}/chat/settings#users`} className="text-accent-ink underline">
          Chat settings
        </Link>
        .
      </p>
    </fieldset>
  );
}

function KeyFields({
  texts,
  wrong,
  readOnly,
  onChange,
  declaredKeys,
  undeclared,
}: ExtendedFieldsProps & { undeclared: readonly string[] }) {
  if (declaredKeys.length === 0 && undeclared.length === 0) {
    return <p className="text-13 text-ink-muted">No extended key is declared.</p>;
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {declaredKeys.map(({ key, label }) => (
        <Field key={key} label={label ? `${label} (${key})` : key} error={wrong[key]}>
          <Input
            value={texts[key] ?? ""}
            readOnly={readOnly}
            autoComplete="off"
            placeholder={readOnly ? "Not set" : ""}
            onChange={(event) => onChange({ [key]: event.target.value })}
          />
        </Field>
      ))}
      {undeclared.map((key) => (
        <Field key={key} label={key} error={wrong[key]} hint="No longer declared: it can only be read.">
          <Input value={texts[key] ?? ""} readOnly />
        </Field>
      ))}
    </div>
  );
}

function JsonField({
  texts,
  wrong,
  readOnly,
  onReplace,
  onUnreadable,
  known,
}: ExtendedFieldsProps & { known: readonly string[] }) {
  /** What was typed; null: nothing yet. */
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? null : draftsFromJson(typed, known);
  const refused = Object.entries(wrong)
    .filter(([key]) => !isBasicKey(key))
    .map(([key, message]) => `${key}: ${message}`);
  const current = extendedJson(texts);
  // Discarded or saved: the text follows the values again, keeping its own layout while it says the same.
  const shown = read === null || ("drafts" in read && extendedJson(read.drafts) !== current) ? current : (typed ?? "");
  return (
    <Field
      label="Extended keys as JSON"
      hideLabel
      error={read !== null && "problem" in read ? read.problem : refused.join(" ")}
      hint={
        <>
          An object of strings, such as <Code>{'{"ext_team": "red"}'}</Code>. Keys that you leave out are cleared.
        </>
      }
    >
      <Textarea
        value={shown}
        readOnly={readOnly}
        rows={8}
        spellCheck={false}
        className="font-mono text-13"
        onChange={(event) => {
          const next = draftsFromJson(event.target.value, known);
          setTyped(event.target.value);
          onUnreadable("problem" in next);
          if ("drafts" in next) onReplace(next.drafts);
        }}
      />
    </Field>
  );
}
