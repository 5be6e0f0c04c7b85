import { cn } from "./class-names";

/**
 * A name as it was given: of a user, a group, an app. Letters that run the other way, and invisible signs that turn or
 * never end a direction, move nothing outside of it.
 */
export function Name({ text, className }: { text: string; className?: string }) {
  return <bdi className={cn(className)}>{text}</bdi>;
}
