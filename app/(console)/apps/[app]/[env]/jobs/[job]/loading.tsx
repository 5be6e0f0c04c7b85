import { ListSkeleton } from "@/components/data-table/list-skeleton";
import { Skeleton } from "@/components/ui/skeleton";
import { resultsList } from "./results-list";

export default function JobLoading() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4">
      <Skeleton className="h-7 w-64" />
      <div className="rounded-lg border bg-surface p-4">
        <Skeleton className="w-40" />
        <Skeleton className="mt-4 h-2 w-full" />
      </div>
      <ListSkeleton list={resultsList} />
    </div>
  );
}
