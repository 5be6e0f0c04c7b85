import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export default function UsersLoading() {
  return (
    <>
      <PageHeader title="Users" />
      <div className="mb-3 h-8" />
      <TableSkeleton caption="Users" headers={["User", "Status", "Last seen", "Created"]} />
    </>
  );
}
