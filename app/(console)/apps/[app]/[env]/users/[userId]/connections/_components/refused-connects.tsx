import { Card, CardHeader } from "@/components/ui/card";
import { formatCount } from "@/components/ui/count-text";
import { RelativeTime } from "@/components/ui/time";
import type { RefusedConnectRow } from "@/lib/core/presence/list-refused-connects";

const HEADERS = ["Why", "Platform", "Times", "First", "Last", "Address"];

/** Why this user could not connect: a row for each day, code and platform. */
export function RefusedConnects({ rows }: { rows: readonly RefusedConnectRow[] }) {
  return (
    <Card aria-labelledby="refused-connects" className="mt-6">
      <CardHeader
        id="refused-connects"
        title="Refused connects"
        description={
          rows.length === 0
            ? "None in the last 30 days."
            : "The last 30 days, by day, code and platform. Only connects with a token of this app count."
        }
      />
      {rows.length === 0 ? null : (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label="Refused connects of this user"
          data-state="ready"
          className="focus-inset overflow-x-auto border-t"
        >
          <table className="w-full text-13">
            <caption className="sr-only">Refused connects of this user</caption>
            <thead>
              <tr className="border-b text-left text-ink-muted">
                {HEADERS.map((header) => (
                  <th key={header} scope="col" className="h-9 px-4 font-medium whitespace-nowrap">
                    {header}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr
                  key={`${row.lastAt.toISOString()} ${row.code} ${row.platform}`}
                  className="border-b last:border-b-0"
                >
                  <th scope="row" className="min-w-56 px-4 py-2 text-left font-normal">
                    {row.sentence} <code className="text-ink-muted text-xs">{row.clientCode ?? row.code}</code>
                  </th>
                  <td className="px-4 py-2" title={[row.device, row.sdk].filter(Boolean).join(", ") || undefined}>
                    {row.platform}
                  </td>
                  <td className="px-4 py-2 tabular-nums">{formatCount(row.count)}</td>
                  <td className="px-4 py-2 whitespace-nowrap text-ink-muted">
                    <RelativeTime date={row.firstAt} />
                  </td>
                  <td className="px-4 py-2 whitespace-nowrap text-ink-muted">
                    <RelativeTime date={row.lastAt} />
                  </td>
                  <td className="px-4 py-2">{row.ip === "" ? null : <code>{row.ip}</code>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Card>
  );
}
