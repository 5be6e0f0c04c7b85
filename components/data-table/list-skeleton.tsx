import { StillReading } from "@/components/failure/still-reading";
import { cn } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";
import { columnsFor, headerOf } from "./list-columns";
import type { ListDefinition, ListQuery } from "./list-definition";
import { ListHeader } from "./list-header";

/**
 * The first load of a list, for `loading.tsx`: heading, room for the toolbar, and a mounted, busy table with the columns
 * that come and rows of the right height.
 */
export function ListSkeleton<Row, Query extends ListQuery, Given>({
  list,
  rows = 12,
}: {
  list: ListDefinition<Row, Query, Given>;
  rows?: number;
}) {
  const query = list.defaults;
  const columns = columnsFor(list, query);
  return (
    <div>
      {list.pageHeading ? <ListHeader page={list.pageHeading} /> : null}
      {list.tabs ? <div className="mb-3 h-9 border-b" /> : null}
      {list.search || list.filters ? <Skeleton className="mb-3 h-8 w-full sm:w-80" /> : null}
      <section
        aria-label={list.caption}
        data-state="loading"
        className="overflow-x-hidden rounded-lg border bg-surface"
      >
        <table aria-busy="true" className="w-full border-separate border-spacing-0 text-13">
          <caption className="sr-only">{list.caption}</caption>
          <thead>
            <tr>
              {list.bulk ? <td className="h-9 w-10 min-w-10 border-b" /> : null}
              {columns.map((column) => (
                <th
                  key={column.id}
                  scope="col"
                  className={cn(
                    "h-9 border-b px-2 text-left font-medium whitespace-nowrap text-ink-muted",
                    column.align === "right" && "text-right",
                    column.rowHeader && !list.bulk && "pl-4",
                    column.className,
                  )}
                >
                  <span className={column.hiddenHeader ? "sr-only" : undefined}>{headerOf(column, query)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: rows }, (_, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: nothing but placeholders
              <tr key={row}>
                {list.bulk ? <td className="h-10 border-b" /> : null}
                {columns.map((column) => (
                  <td
                    key={column.id}
                    className={cn("h-10 border-b px-2", column.rowHeader && !list.bulk && "pl-4", column.className)}
                  >
                    {column.hiddenHeader ? null : <Skeleton className={column.rowHeader ? "w-40" : "w-16"} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <StillReading className="px-4 text-13 text-ink-muted not-empty:border-t not-empty:py-2" />
      </section>
    </div>
  );
}
