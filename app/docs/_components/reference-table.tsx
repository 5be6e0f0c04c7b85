import type { ReactNode } from "react";

interface Props {
  caption: string;
  columns: readonly string[];
  rows: ReadonlyArray<{ key: string | number; cells: readonly ReactNode[] }>;
}

/** A table of the reference: the first cell of a row names it. */
export function ReferenceTable({ caption, columns, rows }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="overflow-x-auto rounded-lg border bg-surface" aria-label={caption} tabIndex={0}>
      <table className="w-full min-w-md text-13">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b bg-frame text-left text-ink-muted">
            {columns.map((column) => (
              <th key={column} scope="col" className="px-3 py-2 font-medium">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [head, ...rest] }) => (
            <tr key={key} className="border-b align-top last:border-0">
              <th scope="row" className="whitespace-nowrap px-3 py-1.5 text-left font-normal tabular-nums">
                {head}
              </th>
              {rest.map((cell, index) => (
                <td key={columns[index + 1]} className="px-3 py-1.5 tabular-nums">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
