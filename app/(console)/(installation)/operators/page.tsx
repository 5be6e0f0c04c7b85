import { installationPage, readForPage } from "@/lib/console/page";
import { readSignInRules } from "@/lib/core/operators/change-sign-in-rules";
import { listOperators } from "@/lib/core/operators/list-operators";
import { operatorMay } from "@/lib/core/permissions";
import { OperatorsScreen } from "./_components/operators-screen";
import { PendingInvitations } from "./_components/pending-invitations";
import { SignInRules } from "./_components/sign-in-rules";

export const metadata = { title: "Operators" };

export default async function OperatorsPage() {
  const { context, actor } = await installationPage("operators.read");
  const read = await readForPage(actor, async () => ({
    ...(await listOperators(context, actor)),
    rules: await readSignInRules(context, actor),
  }));
  const mayManage = operatorMay(actor, "operators.manage");
  return (
    <>
      <OperatorsScreen
        operators={read.ok ? { ok: true, data: read.data.operators } : read}
        ownId={actor.operatorId}
        notice={mayManage ? null : `Only owners invite operators and change roles. Yours is ${actor.role}.`}
      />
      <PendingInvitations invitations={read.ok && mayManage ? read.data.invitations : []} />
      {read.ok && mayManage ? <SignInRules rules={read.data.rules} /> : null}
    </>
  );
}
