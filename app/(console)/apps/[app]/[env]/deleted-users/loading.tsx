import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export default function DeletedUsersLoading() {
  return (
    <>
      <PageHeader title="Deleted users" />
      <div className="mb-3 h-8" />
      <TableSkeleton caption="Deleted users" headers={["User", "Deleted", "By", "Restore possible"]} />
    </>
  );
}
