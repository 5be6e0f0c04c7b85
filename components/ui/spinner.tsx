import { LoaderCircle } from "lucide-react";
import { cn } from "./class-names";

/** Decoration beside a word that says what is going on; it has no text of its own. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cn("size-4 animate-spin", className)} />;
}
