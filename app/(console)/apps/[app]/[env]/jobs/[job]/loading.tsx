import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4">
      <Skeleton className="h-7 w-64" />
      <div className="rounded-lg border bg-surface p-4">
        <Skeleton className="w-40" />
        <Skeleton className="mt-4 h-2 w-full" />
      </div>
      <TableSkeleton caption="Results" headers={["User", "Result", "Reason", "Time"]} />
    </div>
  );
}
