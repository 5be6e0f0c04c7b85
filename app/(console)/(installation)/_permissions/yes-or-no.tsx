import { Check, Minus } from "lucide-react";
import { cn } from "@/components/ui/class-names";

/** A mark that says yes or no, and says it in words to those who do not see it. */
export function YesOrNo({ yes }: { yes: boolean }) {
  const Icon = yes ? Check : Minus;
  return (
    <>
      <Icon aria-hidden className={cn("mx-auto size-4", yes ? "text-ok-ink" : "text-ink-faint")} />
      <span className="sr-only">{yes ? "Yes" : "No"}</span>
    </>
  );
}
