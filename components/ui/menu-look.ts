import { cn } from "./class-names";

/** The box of menus and popovers. */
export const menuBoxStyles =
  "z-50 min-w-44 max-w-[calc(100vw-1rem)] animate-pop-in rounded-lg bg-overlay p-1 shadow-overlay outline-none";

export const menuItemStyles = cn(
  "flex min-h-8 select-none items-center gap-2 rounded-md px-2 py-1 text-13 text-ink outline-none [&_svg]:size-4 [&_svg]:shrink-0",
  "data-highlighted:bg-hover data-disabled:text-ink-faint",
);
