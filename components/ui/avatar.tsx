import { AvatarImage } from "./avatar-image";
import { cn } from "./class-names";

const SIZES = { sm: "size-6 text-[10px]", md: "size-8 text-xs", lg: "size-12 text-lg" };

function initials(name: string): string {
  const words = name
    .replaceAll(/\p{Default_Ignorable_Code_Point}|\p{Cc}|\p{Cf}/gu, "")
    .trim()
    .split(/[\s._-]+/u)
    .filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return (
    letters
      .map((word) => [...(word ?? "")][0] ?? "")
      .join("")
      .toUpperCase() || "?"
  );
}

/**
 * Initials, with the picture over them when it loads. Decoration: the name stands beside it.
 * `url` may come from customers' data: only the product itself asks there (`AvatarImage`).
 */
export function Avatar({
  name,
  url,
  size = "sm",
  className,
}: {
  name: string;
  url?: string;
  size?: keyof typeof SIZES;
  className?: string;
}) {
  return (
    <span
      aria-hidden
      className={cn(
        "relative inline-flex shrink-0 select-none items-center justify-center overflow-hidden rounded-full bg-pressed font-medium text-ink-muted forced-colors:border",
        SIZES[size],
        className,
      )}
    >
      {initials(name)}
      {url && /^https?:\/\//.test(url) ? <AvatarImage key={url} url={url} /> : null}
    </span>
  );
}
