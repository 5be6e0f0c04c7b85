import { Name } from "@/components/ui/name";
import type { AuditRow } from "@/lib/core/audit/list-schema";

type Fields = AuditRow["before"];

/** A field that an entry recorded; a side that has no such field is null. */
export interface ChangedField {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

const words = (fields: Fields, name: string): string | null => {
  if (fields === null || !(name in fields)) return null;
  const value = fields[name];
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** The fields that differ between before and after, in the order in which they were recorded. */
export function changedFields(before: Fields, after: Fields): ChangedField[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .map((name) => ({ name, before: words(before, name), after: words(after, name) }))
    .filter((field) => field.before !== field.after);
}

function Value({ text }: { text: string | null }) {
  if (text === null) return <span className="text-ink-faint">none</span>;
  if (text === "") return <span className="text-ink-faint">empty</span>;
  return (
    <code className="whitespace-pre-wrap text-[0.92em] [overflow-wrap:anywhere]">
      <Name text={text} />
    </code>
  );
}

/** Before and after, side by side, only what changed. A side that the entry does not record is left out. */
export function ChangedFields({ before, after }: Pick<AuditRow, "before" | "after">) {
  const fields = changedFields(before, after);
  if (fields.length === 0) return <p className="text-13 text-ink-muted">This entry records no changed fields.</p>;
  const sides = [before === null ? null : ("before" as const), after === null ? null : ("after" as const)];
  return (
    <table className="w-full border-separate sm:table-fixed border-spacing-0 rounded-lg border text-13">
      <caption className="sr-only">Changed fields</caption>
      <thead>
        <tr className="text-left text-ink-muted">
          <th scope="col" className="w-1/3 border-b px-3 py-1.5 font-medium">
            Field
          </th>
          {sides.map((side) =>
            side === null ? null : (
              <th key={side} scope="col" className="border-b px-3 py-1.5 font-medium">
                {side === "before" ? "Before" : "After"}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.name} className="group/field align-top">
            <th
              scope="row"
              className="border-b px-3 py-1.5 text-left font-normal text-ink-muted [overflow-wrap:anywhere] group-last/field:border-b-0"
            >
              {field.name}
            </th>
            {sides.map((side) =>
              side === null ? null : (
                <td
                  key={side}
                  className={`border-b px-3 py-1.5 group-last/field:border-b-0 ${side === "before" && after !== null ? "text-ink-muted" : ""}`}
                >
                  <Value text={field[side]} />
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
