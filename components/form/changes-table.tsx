/** One thing that differs, in words. */
export interface ReviewedChange {
  readonly label: string;
  readonly now: string;
  readonly next: string;
}

interface ChangesTableProps {
  caption: string;
  /** Heads of the two columns: "Now", "New". */
  heads: readonly [string, string];
  changes: readonly ReviewedChange[];
}

/** What differs, from what to what. */
export function ChangesTable({ caption, heads: [now, next], changes }: ChangesTableProps) {
  return (
    <table className="w-full text-13">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b text-left text-ink-muted">
          <th scope="col" className="w-2/5 py-2 pr-3 font-normal">
            What
          </th>
          <th scope="col" className="py-2 pr-3 font-normal">
            {now}
          </th>
          <th scope="col" className="py-2 font-normal">
            {next}
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.label} className="border-b align-top">
            <th scope="row" className="py-2 pr-3 text-left font-medium">
              {change.label}
            </th>
            <td className="py-2 pr-3 text-ink-muted [overflow-wrap:anywhere]">{change.now}</td>
            <td className="py-2 [overflow-wrap:anywhere]">{change.next}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
