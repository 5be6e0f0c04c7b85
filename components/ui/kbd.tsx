/** A key of the keyboard, as a sentence names it. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border bg-sunken px-1 text-[11px] text-ink-muted">
      {children}
    </kbd>
  );
}
