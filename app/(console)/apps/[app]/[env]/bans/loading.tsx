import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export default function BansLoading() {
  return (
    <>
      <PageHeader title="Bans" />
      <div className="mb-3 h-8" />
      <TableSkeleton caption="Bans" headers={["User", "Reason", "By", "From", "Ends"]} />
    </>
  );
}
