import { Code } from "@/components/ui/id";
import { ReferenceTable } from "./reference-table";
import { type FieldSchema, fieldRows } from "./schema-fields";

/** The fields of a request or an answer, those within others below them. */
export function FieldsTable({ caption, schema, answer }: { caption: string; schema: FieldSchema; answer?: true }) {
  const rows = fieldRows(schema);
  if (rows.length === 0) return <p className="text-13 text-ink-muted">None.</p>;
  return (
    <ReferenceTable
      caption={caption}
      columns={["Field", "Type", answer ? "Present" : "Required", "Rules"]}
      rows={rows.map(({ path, type, required, rules }) => ({
        key: path,
        cells: [
          <Code key="path">{path}</Code>,
          type,
          required ? (answer ? "Always" : "Yes") : answer ? "Sometimes" : "No",
          rules.join(" · "),
        ],
      }))}
    />
  );
}
