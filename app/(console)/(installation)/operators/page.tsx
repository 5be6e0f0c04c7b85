import Link from "next/link";
import { Alert } from "@/components/ui/alert";
import { PageHeader } from "@/components/ui/page-header";
import { installationPage } from "@/lib/console/page";
import { listOperators } from "@/lib/core/operators/list-operators";
import { roleMay } from "@/lib/core/permissions";
import { InviteOperator } from "./_components/invite-operator";
import { OperatorsTable } from "./_components/operators-table";
import { PendingInvitations } from "./_components/pending-invitations";

export const metadata = { title: "Operators" };

export default async function OperatorsPage() {
  const { context, actor } = await installationPage("operators.read");
  const { operators, invitations } = await listOperators(context, actor);
  const mayManage = roleMay(actor.role, "operators.manage");
  return (
    <>
      <PageHeader
        title="Operators"
        count={operators.length}
        description={
          <>
            The people who sign in to this console. Roles hold for all apps of this installation.{" "}
            <Link href="/roles" className="font-medium text-accent-ink hover:underline">
              What each role may do
            </Link>
          </>
        }
        actions={mayManage ? <InviteOperator /> : null}
      />
      {mayManage ? null : (
        <Alert tone="info" className="mb-4">
          Only owners invite operators and change roles. Yours is {actor.role}.
        </Alert>
      )}
      <OperatorsTable operators={operators} ownId={actor.operatorId} mayManage={mayManage} />
      <PendingInvitations invitations={mayManage ? invitations : []} />
    </>
  );
}
