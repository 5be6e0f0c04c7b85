"use client";

import { Search } from "lucide-react";
import { type FormEvent, type ReactNode, useRef, useState, useSyncExternalStore } from "react";
import { Field } from "@/components/form/field";
import { Input, Textarea } from "@/components/form/input";
import { RadioGroup } from "@/components/form/radio-group";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { plural } from "@/components/ui/count-text";
import { useAheadMs } from "@/components/ui/environment-time";
import { parsePastedIds } from "@/lib/core/deletion/facts";
import type { DeletionParams, SelectionKind } from "../search-params";
import { type MissingChoice, selectionOf } from "./selection";

const KINDS: ReadonlyArray<{ value: SelectionKind; label: string; description: string }> = [
  { value: "prefix", label: "By prefix", description: "All users whose ID begins with the text you enter." },
  { value: "ids", label: "By IDs", description: "The users you name." },
  { value: "created", label: "Created before", description: "All users registered before a day." },
  { value: "unseen", label: "Not seen since", description: "Users who haven’t connected since a day." },
];

const never = () => () => {};

/** False until the form answers; what is typed before would be lost. */
function useResponds(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

const DAY_MS = 86_400_000;

function Presets({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5 text-xs">
      <legend className="sr-only">{label}</legend>
      {children}
    </fieldset>
  );
}

interface ChooseStepProps {
  params: DeletionParams;
  pasted: string;
  /** Prefixes that several users share, largest first. */
  prefixes: ReadonlyArray<{ prefix: string; count: number }>;
  onChange(change: Partial<DeletionParams>): void;
  onPasted(text: string): void;
  onNext(): void;
}

/** Step 1: which users. */
export function ChooseStep({ params, pasted, prefixes, onChange, onPasted, onNext }: ChooseStepProps) {
  const [missing, setMissing] = useState<MissingChoice | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const aheadMs = useAheadMs();
  const daysAgo = (days: number) => new Date(Date.now() + aheadMs - days * DAY_MS).toISOString().slice(0, 10);
  const responds = useResponds();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const selection = selectionOf(params, pasted);
    if ("field" in selection) {
      setMissing(selection);
      form.current?.querySelector<HTMLElement>(`[name="${selection.field}"]`)?.focus();
      return;
    }
    setMissing(null);
    onNext();
  };
  const errorOf = (field: MissingChoice["field"]) => (missing?.field === field ? missing.message : undefined);
  const change = (next: Partial<DeletionParams>) => {
    setMissing(null);
    onChange(next);
  };
  const named = params.by === "ids" ? parsePastedIds(pasted).length : 0;

  return (
    <Card aria-labelledby="choose" data-state={responds ? "ready" : "loading"}>
      <form ref={form} onSubmit={submit} noValidate>
        <fieldset disabled={!responds}>
          <CardHeader id="choose" title="1. Choose users" description="You see the list before anything is deleted." />
          <CardBody className="grid gap-6 md:grid-cols-2">
            <RadioGroup
              label="How to choose"
              value={params.by}
              onValueChange={(by) => change({ by })}
              options={KINDS}
            />
            <div className="flex flex-col gap-3">
              {params.by === "prefix" ? (
                <>
                  <Field label="Prefix" hint="Case-sensitive." error={errorOf("prefix")}>
                    <Input
                      name="prefix"
                      value={params.prefix}
                      maxLength={64}
                      autoComplete="off"
                      autoCapitalize="off"
                      spellCheck={false}
                      onChange={(event) => change({ prefix: event.target.value })}
                      className="font-mono text-13"
                    />
                  </Field>
                  {prefixes.length > 0 ? (
                    <Presets label="Prefixes in use">
                      <span aria-hidden className="text-ink-faint">
                        In use:
                      </span>
                      {prefixes.map(({ prefix, count }) => (
                        <Button
                          key={prefix}
                          size="sm"
                          aria-label={`Use prefix ${prefix}, ${plural(count, "user")}`}
                          onClick={() => change({ prefix })}
                        >
                          <code>{prefix}</code> <span className="text-ink-muted tabular-nums">{count}</span>
                        </Button>
                      ))}
                    </Presets>
                  ) : null}
                </>
              ) : null}
              {params.by === "ids" ? (
                <Field
                  label="User IDs"
                  hint="Separate them with lines, spaces, commas or semicolons."
                  aside={named > 0 ? plural(named, "ID") : undefined}
                  error={errorOf("ids")}
                >
                  <Textarea
                    name="ids"
                    rows={8}
                    value={pasted}
                    autoComplete="off"
                    autoCapitalize="off"
                    spellCheck={false}
                    onChange={(event) => {
                      setMissing(null);
                      onPasted(event.target.value);
                    }}
                    className="font-mono text-13"
                  />
                </Field>
              ) : null}
              {params.by === "created" ? (
                <>
                  <Field label="Created before" hint="From the start of the day, UTC." error={errorOf("before")}>
                    <Input
                      name="before"
                      type="date"
                      value={params.before}
                      onChange={(event) => change({ before: event.target.value })}
                      className="max-w-48"
                    />
                  </Field>
                  <Presets label="Common days">
                    {[1, 7, 30].map((days) => (
                      <Button key={days} size="sm" onClick={() => change({ before: daysAgo(days) })}>
                        {days === 1 ? "Yesterday" : `${days} days ago`}
                      </Button>
                    ))}
                  </Presets>
                </>
              ) : null}
              {params.by === "unseen" ? (
                <>
                  <Field
                    label="Not seen since"
                    hint="From the start of the day, UTC. For users never seen, the day of registration counts."
                    error={errorOf("since")}
                  >
                    <Input
                      name="since"
                      type="date"
                      value={params.since}
                      onChange={(event) => change({ since: event.target.value })}
                      className="max-w-48"
                    />
                  </Field>
                  <Presets label="Common days">
                    {[1, 7, 30].map((days) => (
                      <Button key={days} size="sm" onClick={() => change({ since: daysAgo(days) })}>
                        {days === 1 ? "Yesterday" : `${days} days ago`}
                      </Button>
                    ))}
                  </Presets>
                </>
              ) : null}
            </div>
          </CardBody>
          <CardFooter className="justify-end">
            <Button type="submit" variant="primary" icon={Search}>
              Show who would be deleted
            </Button>
          </CardFooter>
        </fieldset>
      </form>
    </Card>
  );
}
