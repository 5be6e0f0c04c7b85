import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export default function GroupsLoading() {
  return (
    <>
      <PageHeader title="Groups" />
      <div className="mb-3 h-8" />
      <TableSkeleton caption="Groups" headers={["Group", "Owner", "Members", "Created"]} />
    </>
  );
}
