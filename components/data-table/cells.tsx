import type { ReactNode } from "react";
import type { AddressPanel } from "@/components/ui/address-overlay";
import { cn } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";
import { Name } from "@/components/ui/name";

/** Classes of a column of row headers: it takes what the others leave, so that they and the row's menu stay in sight. */
export const ROW_HEADER_STYLE = "sm:w-full sm:max-w-0";

interface RowHeaderCellProps {
  id: string;
  /** "" where it has none. */
  name: string;
  href: string;
  /** Left of the name: an avatar or an icon of its size. */
  picture: ReactNode;
  className?: string;
}

/** A row's header: the link to the page of what the row shows, named by name and id, and the id to copy. */
export function RowHeaderCell({ id, name, href, picture, className }: RowHeaderCellProps) {
  return (
    <div
      className={cn(
        "group/cell flex min-w-0 max-w-40 items-center gap-2.5 max-[400px]:max-w-28 sm:max-w-md",
        className,
      )}
    >
      <span className="contents max-[400px]:hidden">{picture}</span>
      <Link
        href={href}
        prefetch={false}
        data-row-link
        title={name ? `${name} (${id})` : id}
        // Where both do not fit side by side the id goes below the name, which is not cut for it.
        className="flex min-w-0 flex-wrap items-baseline gap-x-2 rounded-sm leading-4 hover:underline"
      >
        {name ? <Name text={name} className="max-w-full truncate font-medium text-ink" /> : null}{" "}
        <code className="max-w-full truncate text-ink-faint text-xs">{id}</code>
      </Link>
      <CopyButton
        text={id}
        label={`Copy ID ${id}`}
        className="size-6 opacity-0 focus-visible:opacity-100 group-hover/cell:opacity-100 max-lg:hidden"
      />
    </div>
  );
}

/** A text that may be long, on one line; the whole of it in `title`. */
export function ClippedText({ text, none = "None" }: { text: string; none?: string }) {
  return (
    <span className="block truncate" title={text || undefined}>
      {text ? <Name text={text} /> : <span className="text-ink-faint">{none}</span>}
    </span>
  );
}

/** The header of a row that opens beside its list: a link that opens the panel here, or the same address in a new tab. */
export function PanelLink({ panel, id, children }: { panel: AddressPanel; id: string; children: ReactNode }) {
  return (
    <a
      href={panel.href(id)}
      data-row-link
      className="rounded-sm hover:underline"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        panel.open(id);
      }}
    >
      {children}
    </a>
  );
}
