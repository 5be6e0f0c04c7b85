"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { notify } from "@/components/ui/toaster";
import type { ActionResult } from "@/lib/console/action-result";
import { ActionForm } from "./action-form";
import { useUnsaved } from "./unsaved";
import { useDraft } from "./use-draft";

interface SettingsFields<V> {
  readonly values: V;
  readonly change: (typed: Partial<V>) => void;
  readonly errorOf: (name: string) => string | undefined;
  readonly readOnly: boolean;
}

interface SettingsCardProps<V extends Readonly<Record<string, unknown>>, S> {
  /** Of its heading. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Beside the heading. */
  readonly action?: ReactNode;
  /** Above the fields, such as what goes wrong at the moment. */
  readonly notice?: ReactNode;
  /** What is stored now, as fields. */
  readonly saved: V;
  /** Fields as they are sent. */
  readonly stored: (values: V) => S;
  /** `seen`: what stood there when typing began, or what is to be replaced. */
  readonly save: (next: S, seen: S, form: FormData) => Promise<ActionResult<unknown>>;
  readonly onSaved?: () => void;
  /** Such as "Save rules", and "Sign-in rules saved." */
  readonly saveLabel: string;
  readonly savedMessage: string;
  /** A field and what stands in it in words, where somebody else has changed it. */
  readonly labelOf: (field: keyof V) => string;
  readonly wordsOf: (value: V[keyof V] | undefined) => string;
  /** Something besides the fields waits to be saved. */
  readonly more?: boolean;
  /** Whether this operator is an owner, where others see the card as well. */
  readonly mayChange?: boolean;
  /** What sets it instead, as a sentence: then nobody changes it here. */
  readonly setElsewhere?: string | null;
  readonly narrow?: boolean;
  readonly children: (fields: SettingsFields<V>) => ReactNode;
}

/**
 * Settings of the installation that one form saves together: what is typed stays until it is saved, and goes out with what the page showed
 * when typing began. Where somebody else has saved meanwhile both stand side by side, to keep theirs or to replace it.
 */
export function SettingsCard<V extends Readonly<Record<string, unknown>>, S>(props: SettingsCardProps<V, S>) {
  const { id, saved, stored, save, labelOf, wordsOf, more = false, mayChange = true, setElsewhere = null } = props;
  const router = useRouter();
  const draft = useDraft(saved);
  const readOnly = !mayChange || setElsewhere !== null;
  const unsaved = more || Object.keys(draft.changed).length > 0;
  useUnsaved(unsaved && !readOnly);
  return (
    <Card aria-labelledby={id} className="mt-6">
      <CardHeader id={id} title={props.title} description={props.description} action={props.action} />
      <CardBody className="flex flex-col gap-4">
        {setElsewhere === null ? null : <Alert tone="info">{setElsewhere}</Alert>}
        {props.notice}
        <ActionForm
          className={props.narrow ? "flex max-w-md flex-col gap-4" : "flex flex-col gap-4"}
          action={(form, conflict) =>
            save(stored(draft.values as V), conflict === null ? stored(draft.seen) : (conflict.current as S), form)
          }
          compared={{
            changes: Object.entries(draft.changed).map(([field, next]) => ({
              label: labelOf(field),
              now: wordsOf(saved[field] as V[keyof V] | undefined),
              next: wordsOf(next as V[keyof V] | undefined),
            })),
            onFound: () => router.refresh(),
            onKeep: draft.discard,
          }}
          onDone={() => {
            props.onSaved?.();
            notify.success(props.savedMessage);
            router.refresh();
          }}
        >
          {({ pending, errorOf }) => (
            <>
              {props.children({ values: draft.values as V, change: draft.change, errorOf, readOnly })}
              {readOnly ? null : (
                <div>
                  <Button type="submit" variant="primary" pending={pending} disabled={!unsaved}>
                    {props.saveLabel}
                  </Button>
                </div>
              )}
              {mayChange ? null : <p className="text-ink-faint text-xs">Only owners change this.</p>}
            </>
          )}
        </ActionForm>
      </CardBody>
    </Card>
  );
}
