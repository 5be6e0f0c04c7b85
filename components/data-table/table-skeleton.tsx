import { Skeleton } from "@/components/ui/skeleton";

/** The first load of a list: a mounted, busy table with rows of the right height. For `loading.tsx`. */
export function TableSkeleton({
  caption,
  headers,
  rows = 12,
}: {
  caption: string;
  headers: readonly string[];
  rows?: number;
}) {
  return (
    <section aria-label={caption} data-state="loading" className="overflow-hidden rounded-lg border bg-surface">
      <table aria-busy="true" className="w-full border-separate border-spacing-0 text-13">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {headers.map((header) => (
              <th key={header} scope="col" className="h-9 border-b px-4 text-left font-medium text-ink-muted">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: nothing but placeholders
            <tr key={row}>
              {headers.map((header, column) => (
                <td key={header} className="h-10 border-b px-4">
                  <Skeleton className={column === 0 ? "w-40" : "w-20"} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
