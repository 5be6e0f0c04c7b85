import { Users } from "lucide-react";
import { PanelLink } from "@/components/data-table/cells";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { ROLE_WORDS } from "@/components/layout/frame-data";
import type { AddressPanel } from "@/components/ui/address-overlay";
import { Avatar } from "@/components/ui/avatar";
import { plural } from "@/components/ui/count-text";
import { Link } from "@/components/ui/link";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import type { OperatorRow } from "@/lib/core/operators/list-operators";
import { OperatorActions } from "./_components/operator-actions";
import { OperatorStatus } from "./_components/operator-status";

interface OperatorsListGiven {
  /** Where an operator opens. */
  readonly panel: AddressPanel;
  /** The operator who looks. */
  readonly ownId: string;
}

/** All operators; they are too few for pages and filters. */
/** What names an operator in addresses and tests: the e-mail address, or the id for whoever may not see that. */
export const operatorKey = ({ email, id }: Pick<OperatorRow, "email" | "id">): string => email || id;

export const operatorsList: ListDefinition<OperatorRow, object, OperatorsListGiven> = {
  defaults: {},
  pageHeading: {
    title: "Operators",
    description: (
      <>
        The people who sign in to this console. A role covers all apps, unless you give another one in some.{" "}
        <Link href="/roles" className="font-medium text-accent-ink hover:underline">
          What each role may do
        </Link>
      </>
    ),
  },
  caption: "Operators",
  row: ["operator", "operators"],
  testId: "operator-row",
  rowId: operatorKey,
  columns: [
    {
      id: "operator",
      header: "Operator",
      rowHeader: true,
      className: "min-w-56",
      cell: (operator, { ownId, panel }) => (
        <span className="flex items-center gap-2.5 py-1.5">
          <Avatar name={operator.name} />
          <span className="flex flex-col">
            <span className="font-medium">
              <PanelLink panel={panel} id={operatorKey(operator)}>
                {operator.name}
              </PanelLink>
              {operator.id === ownId ? <span className="font-normal text-ink-faint"> (you)</span> : null}
            </span>
            <span className="text-ink-muted text-xs">{operator.email}</span>
          </span>
        </span>
      ),
    },
    {
      id: "role",
      header: "Role",
      cell: ({ id, role, grants }) => (
        <>
          {ROLE_WORDS[role].label}
          {grants === 0 || role === "owner" ? null : (
            <Link href={`/operators/${id}`} className="block text-ink-muted text-xs hover:underline">
              Other roles in {plural(grants, "place")}
            </Link>
          )}
        </>
      ),
    },
    {
      id: "status",
      header: "Status",
      cell: (operator) => <OperatorStatus operator={operator} />,
    },
    {
      id: "second-factor",
      header: "Second factor",
      cell: ({ secondFactor }) => (secondFactor ? "On" : <span className="text-ink-faint">Off</span>),
    },
    {
      id: "last-sign-in",
      header: "Last sign-in",
      cell: (operator) =>
        operator.lastSignInAt ? (
          <RelativeTime date={operator.lastSignInAt} className="text-ink-muted" />
        ) : (
          <span className="text-ink-faint">Never</span>
        ),
    },
    {
      id: "created",
      header: "Created",
      cell: (operator) => <RelativeTime date={operator.createdAt} className="text-ink-muted" />,
    },
    {
      id: "actions",
      header: "Actions",
      hiddenHeader: true,
      align: "right",
      cell: (operator, { ownId }) => <OperatorActions operator={operator} isSelf={operator.id === ownId} />,
    },
  ],
  empty: () => <EmptyState icon={Users} title="No operators yet" />,
};
