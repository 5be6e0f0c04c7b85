"use client";

import { ListScreen } from "@/components/data-table/list-screen";
import { Alert } from "@/components/ui/alert";
import type { ActionResult } from "@/lib/console/action-result";
import type { OperatorRow } from "@/lib/core/operators/list-operators";
import { operatorsList } from "../operators-list";
import { InviteOperator } from "./invite-operator";

interface OperatorsScreenProps {
  operators: ActionResult<readonly OperatorRow[]>;
  /** The operator who looks. */
  ownId: string;
  /** Why others cannot be invited and changed; null when they can. */
  notice: string | null;
}

/** The people who sign in to this console. */
export function OperatorsScreen({ operators, ownId, notice }: OperatorsScreenProps) {
  return (
    <ListScreen
      list={operatorsList}
      query={{}}
      page={operators.ok ? { ok: true, data: { rows: operators.data, next: null, previous: null } } : operators}
      given={{ ownId }}
      count={operators.ok ? { count: operators.data.length, capped: false } : null}
      without={notice === null ? [] : ["actions"]}
      primary={notice === null ? <InviteOperator /> : null}
      notes={notice === null ? null : <Alert tone="info">{notice}</Alert>}
    />
  );
}
