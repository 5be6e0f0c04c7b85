"use client";

import { ROLE_WORDS } from "@/components/layout/frame-data";
import { Id } from "@/components/ui/id";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Link } from "@/components/ui/link";
import { SidePanel } from "@/components/ui/side-panel";
import { AbsoluteTime } from "@/components/ui/time";
import type { OperatorRow } from "@/lib/core/operators/list-operators";

import { OperatorStatus } from "./operator-status";

interface OperatorPanelProps {
  /** Null: closed. "missing": the address names an operator who is not there. */
  operator: OperatorRow | "missing" | null;
  onClose(): void;
  /** Puts the focus back where the panel was opened. */
  onClosed(): void;
}

/** One operator beside the list: who it is, and what the role lets them do. */
export function OperatorPanel({ operator, onClose, onClosed }: OperatorPanelProps) {
  const known = operator === null || operator === "missing" ? null : operator;
  return (
    <SidePanel
      open={operator !== null}
      kicker="Operator"
      title={<span className="font-semibold">{known?.name ?? "No such operator"}</span>}
      onClose={onClose}
      onClosed={onClosed}
    >
      {known === null ? (
        <p className="text-13 text-ink-muted">The operator with this ID has been removed.</p>
      ) : (
        <KeyValueList
          items={[
            ...(known.email === "" ? [] : [{ key: "E-mail", value: known.email }]),
            { key: "Role", value: `${ROLE_WORDS[known.role].label}: ${ROLE_WORDS[known.role].may}` },
            {
              key: "Status",
              value: (
                <>
                  <OperatorStatus operator={known} />
                  {known.disabledAt ? (
                    <>
                      {" "}
                      since <AbsoluteTime date={known.disabledAt} />
                    </>
                  ) : null}
                </>
              ),
            },
            { key: "Last sign-in", value: known.lastSignInAt ? <AbsoluteTime date={known.lastSignInAt} /> : "Never" },
            { key: "Created", value: <AbsoluteTime date={known.createdAt} /> },
            { key: "ID", value: <Id value={known.id} copyLabel={`Copy ID of ${known.name}`} /> },
          ]}
        />
      )}
      <p className="mt-5 text-13">
        <Link
          href={known === null ? "/roles" : `/operators/${known.id}`}
          className="rounded-sm font-medium text-accent-ink hover:underline"
        >
          {known === null ? "What each role may do" : `What ${known.name} may do, and where`}
        </Link>
      </p>
    </SidePanel>
  );
}
