import { NoPermissionState } from "@/components/ui/states";
import { currentOperator } from "@/lib/console/page";

/** Shown to operators whose role does not reach. */
export default async function Forbidden() {
  const operator = await currentOperator();
  return <NoPermissionState heading="h1" what="import users" needed="admin" role={operator?.role} />;
}
