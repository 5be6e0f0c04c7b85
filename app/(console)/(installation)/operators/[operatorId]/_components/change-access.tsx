"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { ENVIRONMENT_WORDS, ROLE_WORDS } from "@/components/layout/frame-data";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/notify";
import type { Grant, HeldRoles } from "@/lib/core/actor";
import type { PlaceAccess } from "@/lib/core/operators/get-access";
import { changeOperatorAccess } from "../../actions";

type Given = Grant["role"] | null;
type Access = { readonly development: Given; readonly production: Given };

interface ChangeAccessProps {
  operator: { readonly id: string; readonly name: string; readonly holds: HeldRoles };
  app: { readonly id: string; readonly name: string; readonly places: readonly PlaceAccess[] };
}

const AS_EVERYWHERE = "";
const ENVIRONMENTS = ["development", "production"] as const;

/** The dialog in which an owner says what an operator is in one app. */
export function ChangeAccess({ operator, app }: ChangeAccessProps) {
  const router = useRouter();
  const trigger = useRef<HTMLButtonElement>(null);
  const given = (name: (typeof ENVIRONMENTS)[number]): Given =>
    app.places.find(({ environment }) => environment === name)?.grant?.role ?? null;
  const shown: Access = { development: given("development"), production: given("production") };
  const [open, setOpen] = useState(false);
  const [next, setNext] = useState<Access>(shown);
  const everywhere = ROLE_WORDS[operator.holds.everywhere].label;
  const options = [
    {
      value: AS_EVERYWHERE,
      label: operator.holds.everywhere === "guest" ? "As everywhere: no access" : `As everywhere: ${everywhere}`,
    },
    ...(["admin", "support", "viewer"] as const).map((role) => ({
      value: role as string,
      label: `${ROLE_WORDS[role].label}: ${ROLE_WORDS[role].may.charAt(0).toLowerCase()}${ROLE_WORDS[role].may.slice(1)}`,
    })),
    { value: "guest", label: "No access" },
  ];
  const changed = ENVIRONMENTS.some((name) => next[name] !== shown[name]);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        ref={trigger}
        size="sm"
        aria-label={`Change access to ${app.name}`}
        onClick={() => {
          setNext(shown);
          setOpen(true);
        }}
      >
        Change…
      </Button>
      <ConfirmDialog
        open={open}
        onClose={close}
        returnFocusTo={trigger}
        title={`Change access to ${app.name}?`}
        effect={`What ${operator.name} may do in ${app.name}. It counts from their next click on.`}
        confirmLabel="Change access"
        tone="primary"
        ready={changed}
        onConfirm={(conflict) =>
          changeOperatorAccess({
            operatorId: operator.id,
            appId: app.id,
            ...next,
            seen: conflict === null ? shown : (conflict.current as unknown as Access),
          })
        }
        onKept={() => router.refresh()}
        onDone={() => {
          notify.success(`${operator.name}’s access to ${app.name} changed.`);
          router.refresh();
        }}
      >
        <div className="flex flex-col gap-4">
          {ENVIRONMENTS.map((name) => (
            <Field key={name} label={ENVIRONMENT_WORDS[name].label}>
              <Select
                value={next[name] ?? AS_EVERYWHERE}
                onValueChange={(value) =>
                  setNext({ ...next, [name]: value === AS_EVERYWHERE ? null : (value as Grant["role"]) })
                }
                options={options}
                className="w-full"
              />
            </Field>
          ))}
        </div>
      </ConfirmDialog>
    </>
  );
}
