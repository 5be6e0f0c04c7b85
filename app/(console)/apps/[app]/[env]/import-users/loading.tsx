import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <div aria-busy="true" data-state="loading">
      <Skeleton className="mb-2 h-7 w-48" />
      <Skeleton className="mb-5 w-96 max-w-full" />
      <div className="rounded-lg border bg-surface p-4">
        <Skeleton className="w-32" />
        <Skeleton className="mt-6 h-40 w-full" />
      </div>
    </div>
  );
}
