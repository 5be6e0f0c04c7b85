import { NoPermissionState } from "@/components/ui/states";
import { currentOperator } from "@/lib/console/page";

/** A page that the operator's role does not reach (403). */
export default async function Forbidden() {
  const operator = await currentOperator();
  return <NoPermissionState heading="h1" what="see this page" role={operator?.role} />;
}
