import { pageSession } from "@/lib/console/session";
import { NewSignInNotice } from "./new-sign-in-notice";

/** Above every page of a session: somebody has signed in as its operator in a browser that was not known. Costs no query. */
export async function NewSignIn() {
  const session = await pageSession();
  if (!session.active || session.newSignInAt === null) return null;
  return <NewSignInNotice at={session.newSignInAt} />;
}
