import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { PERMISSIONS, type Permission } from "@/lib/core/permissions";

interface Column {
  readonly id: string;
  readonly header: ReactNode;
  /** The one that the reader looks for first. */
  readonly marked?: boolean;
  /** Text beside the words of the permission, rather than a mark. */
  readonly wide?: boolean;
  cell(permission: Permission): ReactNode;
}

interface PermissionTableProps {
  caption: string;
  permissions: readonly Permission[];
  columns: readonly Column[];
}

/** Permissions in words, area by area, and what each column says of them. */
export function PermissionTable({ caption, permissions, columns }: PermissionTableProps) {
  const areas = [...new Set(permissions.map((permission) => PERMISSIONS[permission].area))];
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={caption}
      className="focus-inset relative overflow-x-auto rounded-lg border bg-surface"
    >
      <table className="w-full border-separate border-spacing-0 text-13">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky left-0 z-10 h-9 border-b bg-surface pl-4 text-left font-normal text-ink-muted"
            >
              Permission
            </th>
            {columns.map(({ id, header, marked, wide }) => (
              <th
                key={id}
                scope="col"
                className={cn(
                  "h-9 border-b px-2",
                  wide ? "min-w-56 text-left" : "w-24 min-w-20 text-center",
                  marked ? "bg-accent-soft font-medium" : "font-normal text-ink-muted",
                )}
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        {areas.map((area) => (
          <tbody key={area} className="last:[&>tr:last-child>*]:border-b-0">
            <tr>
              <th
                scope="rowgroup"
                colSpan={columns.length + 1}
                className="h-9 border-b bg-sunken text-left font-medium"
              >
                <span className="sticky left-0 inline-block pl-4">{area}</span>
              </th>
            </tr>
            {permissions
              .filter((permission) => PERMISSIONS[permission].area === area)
              .map((permission) => (
                <tr key={permission} data-testid={`permission-${permission}`}>
                  <th
                    scope="row"
                    className="sticky left-0 z-10 h-9 min-w-44 border-b bg-surface py-1.5 pr-2 pl-4 text-left font-normal"
                  >
                    {PERMISSIONS[permission].words}
                  </th>
                  {columns.map(({ id, marked, wide, cell }) => (
                    <td
                      key={id}
                      className={cn(
                        "border-b px-2 py-1.5",
                        wide ? "text-ink-muted" : "text-center",
                        marked && "bg-accent-soft",
                      )}
                    >
                      {cell(permission)}
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}
