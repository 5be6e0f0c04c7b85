import { formatCount } from "@/components/ui/count-text";
import type { ImportPlan } from "@/lib/core/imports/schema";

/** The lines that cannot be imported, with what is wrong with each. */
export function LineErrors({ plan }: { plan: ImportPlan }) {
  const { errors, errorCount, format } = plan;
  const cell = "border-b px-3 py-2 text-left align-top group-last/row:border-b-0";
  return (
    <div className="flex flex-col gap-2">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Lines with errors"
        className="focus-inset max-h-72 overflow-auto rounded-lg border"
      >
        <table className="w-full border-separate border-spacing-0 text-13">
          <caption className="sr-only">Lines with errors</caption>
          <thead>
            <tr className="text-ink-muted">
              <th scope="col" className="h-9 border-b px-3 text-left font-medium">
                {format === "csv" ? "Line" : "Entry"}
              </th>
              <th scope="col" className="h-9 border-b px-3 text-left font-medium">
                User ID
              </th>
              <th scope="col" className="h-9 border-b px-3 text-left font-medium">
                Error
              </th>
            </tr>
          </thead>
          <tbody>
            {errors.map(({ line, userId, message }) => (
              <tr key={line} className="group/row">
                <th scope="row" className={`${cell} font-normal tabular-nums`}>
                  {formatCount(line)}
                </th>
                <td className={cell}>
                  <code className="[overflow-wrap:anywhere]">{userId}</code>
                </td>
                <td className={cell}>{message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {errorCount > errors.length ? (
        <p className="text-ink-muted text-xs">
          The first {formatCount(errors.length)} of {formatCount(errorCount)}. The job&apos;s report has them all.
        </p>
      ) : null}
    </div>
  );
}
