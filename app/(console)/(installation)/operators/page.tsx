import { redirectUriOf } from "@/lib/console/issuer-words";
import { installationPage, readForPage } from "@/lib/console/page";
import { readMailServer } from "@/lib/core/mail/send-test-mail";
import { readIssuer } from "@/lib/core/oidc/change-issuer";
import { readConsoleNetworks } from "@/lib/core/operators/change-console-networks";
import { readSignInRules } from "@/lib/core/operators/change-sign-in-rules";
import { listOperators } from "@/lib/core/operators/list-operators";
import { operatorMay } from "@/lib/core/permissions";
import { env } from "@/lib/env";
import { ConsoleNetworks } from "./_components/console-networks";
import { IssuerSettings } from "./_components/issuer-settings";
import { MailServer } from "./_components/mail-server";
import { OperatorsScreen } from "./_components/operators-screen";
import { PendingInvitations } from "./_components/pending-invitations";
import { SignInRules } from "./_components/sign-in-rules";

export const metadata = { title: "Operators" };

export default async function OperatorsPage() {
  const { context, actor } = await installationPage("operators.read");
  const mayManage = operatorMay(actor, "operators.manage") && actor.test === undefined;
  const read = await readForPage(actor, async () => ({
    ...(await listOperators(context, actor)),
    rules: await readSignInRules(context, actor),
    issuer: mayManage ? await readIssuer(context, actor) : null,
    networks: mayManage ? await readConsoleNetworks(context, actor) : null,
    mail: mayManage ? readMailServer(context, actor) : null,
  }));
  return (
    <>
      <OperatorsScreen
        operators={read.ok ? { ok: true, data: read.data.operators } : read}
        ownId={actor.operatorId}
        notice={mayManage ? null : `Only owners invite operators and change roles. Yours is ${actor.role}.`}
      />
      <PendingInvitations invitations={read.ok && mayManage ? read.data.invitations : []} />
      {read.ok && mayManage ? <SignInRules rules={read.data.rules} /> : null}
      {read.ok && read.data.issuer ? (
        <IssuerSettings {...read.data.issuer} redirectUri={redirectUriOf(env().PUBLIC_CONSOLE_URL)} />
      ) : null}
      {read.ok && read.data.networks ? <ConsoleNetworks {...read.data.networks} ownAddress={actor.ip} /> : null}
      {read.ok && read.data.mail ? <MailServer {...read.data.mail} /> : null}
    </>
  );
}
