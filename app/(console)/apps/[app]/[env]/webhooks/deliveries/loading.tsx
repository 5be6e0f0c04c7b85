import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <div aria-busy="true">
      <Skeleton className="mb-4 h-8 w-full max-w-2xl" />
      <TableSkeleton
        caption="Deliveries"
        headers={["Recorded", "Event", "User", "State", "Tries", "Last answer", "Next try"]}
      />
    </div>
  );
}
