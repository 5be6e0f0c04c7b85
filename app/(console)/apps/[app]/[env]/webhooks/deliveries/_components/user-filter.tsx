"use client";

import { useList } from "@/components/data-table/list";
import { Field } from "@/components/form/field";
import { UserPicker } from "@/components/form/user-picker";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import type { DeliveryListQuery } from "@/lib/core/webhooks/delivery-schema";

/** The deliveries about one user, chosen by id or name. */
export function UserFilter({ query }: { query: DeliveryListQuery }) {
  const { go } = useList();
  const { base } = useEnvironmentScope();
  return (
    <Field label="User of the deliveries" hideLabel className="w-full gap-0 sm:w-72">
      <UserPicker
        note="none"
        base={base}
        value={query.user ?? ""}
        onChange={(userId) => go({ user: userId || null })}
      />
    </Field>
  );
}
