import { Skeleton } from "@/components/ui/skeleton";
import { DailyFiguresSkeleton } from "./_components/daily-figures";

export default function Loading() {
  return (
    <div aria-busy="true" data-state="loading">
      <Skeleton className="mb-5 h-7 w-32" />
      <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-5">
        {["registered", "online", "active", "new", "banned"].map((card) => (
          <div key={card} className="flex min-h-28 flex-col gap-2 rounded-lg border bg-surface p-4">
            <Skeleton className="w-24" />
            <Skeleton className="h-6 w-16" />
          </div>
        ))}
      </div>
      <div className="mt-4">
        <DailyFiguresSkeleton />
      </div>
    </div>
  );
}
