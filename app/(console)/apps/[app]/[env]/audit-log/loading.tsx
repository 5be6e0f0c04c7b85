import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <div aria-busy="true">
      <Skeleton className="mb-2 h-7 w-32" />
      <Skeleton className="mb-5 w-96 max-w-full" />
      <Skeleton className="mb-4 h-8 w-full max-w-2xl" />
      <TableSkeleton caption="Audit log" headers={["Time", "Actor", "Event", "Target", "Result", "Source"]} />
    </div>
  );
}
