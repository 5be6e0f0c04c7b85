import { Skeleton } from "@/components/ui/skeleton";
import { RegistrationsSkeleton } from "./_components/registrations";

export default function Loading() {
  return (
    <div aria-busy="true" data-state="loading">
      <Skeleton className="mb-5 h-7 w-32" />
      <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
        {["registered", "new", "banned", "ending"].map((card) => (
          <div key={card} className="flex min-h-28 flex-col gap-2 rounded-lg border bg-surface p-4">
            <Skeleton className="w-24" />
            <Skeleton className="h-6 w-16" />
          </div>
        ))}
      </div>
      <div className="mt-4">
        <RegistrationsSkeleton />
      </div>
    </div>
  );
}
