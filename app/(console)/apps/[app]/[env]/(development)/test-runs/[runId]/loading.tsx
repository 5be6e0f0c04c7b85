import { ListSkeleton } from "@/components/data-table/list-skeleton";
import { Skeleton } from "@/components/ui/skeleton";
import { runUsersList } from "./run-users-list";

export default function TestRunLoading() {
  return (
    <div aria-busy="true">
      <Skeleton className="mb-6 h-7 w-64" />
      <div className="mb-6 grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-56 w-full" />
        <Skeleton className="h-56 w-full" />
      </div>
      <ListSkeleton list={runUsersList} />
    </div>
  );
}
