import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";

export default function GroupLoading() {
  return (
    <div aria-busy="true" className="flex flex-col gap-6">
      <Skeleton className="h-7 w-64" />
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-64 w-full" />
        <Skeleton className="h-64 w-full" />
      </div>
      <TableSkeleton caption="Members" headers={["User", "Role", "Nickname", "Extra", "Joined"]} />
    </div>
  );
}
