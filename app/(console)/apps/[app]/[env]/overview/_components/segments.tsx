import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";

interface SegmentsProps {
  /** Names the group: "Length". */
  label: string;
  options: ReadonlyArray<{ label: string; href: string; current: boolean }>;
}

/** A choice of one among links, side by side. The address holds the choice. */
export function Segments({ label, options }: SegmentsProps) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap rounded-md border bg-sunken p-0.5">
        {options.map((option) => (
          <li key={option.href}>
            <Link
              href={option.href}
              replace
              scroll={false}
              aria-current={option.current ? "true" : undefined}
              className={cn(
                "flex h-6 items-center rounded-sm px-2 font-medium text-xs",
                option.current ? "bg-surface text-ink shadow-raised" : "text-ink-muted hover:text-ink",
              )}
            >
              {option.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
