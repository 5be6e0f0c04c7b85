"use client";

import { ListScreen } from "@/components/data-table/list-screen";
import { useAddressPanel } from "@/components/ui/address-overlay";
import { Alert } from "@/components/ui/alert";
import { onIntent } from "@/components/ui/on-intent";
import type { ActionResult } from "@/lib/console/action-result";
import type { OperatorRow } from "@/lib/core/operators/list-operators";
import { operatorKey, operatorsList } from "../operators-list";
import { InviteOperator } from "./invite-operator";

const OperatorPanel = onIntent(() => import("./operator-panel").then((part) => part.OperatorPanel));

interface OperatorsScreenProps {
  operators: ActionResult<readonly OperatorRow[]>;
  /** The operator who looks. */
  ownId: string;
  /** Why others cannot be invited and changed; null when they can. */
  notice: string | null;
}

/** The people who sign in to this console. */
export function OperatorsScreen({ operators, ownId, notice }: OperatorsScreenProps) {
  const panel = useAddressPanel("operator");
  const rows = operators.ok ? operators.data : [];
  return (
    <ListScreen
      list={operatorsList}
      query={{}}
      page={operators.ok ? { ok: true, data: { rows: operators.data, next: null, previous: null } } : operators}
      given={{ ownId, panel }}
      count={operators.ok ? { count: operators.data.length, capped: false } : null}
      without={notice === null ? [] : ["second-factor", "actions"]}
      primary={notice === null ? <InviteOperator /> : null}
      notes={notice === null ? null : <Alert tone="info">{notice}</Alert>}
    >
      <OperatorPanel
        open={panel.id !== null}
        operator={panel.id === null ? null : (rows.find((row) => operatorKey(row) === panel.id) ?? "missing")}
        onClose={panel.close}
        onClosed={panel.focusRow}
      />
    </ListScreen>
  );
}
