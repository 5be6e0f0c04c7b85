import { stringify } from "csv-stringify/sync";
import { type Actor, environmentOf, INSTALLATION } from "../actor";
import { createExportSigner, type ExportSigner } from "../audit/signed-export";
import { execute } from "../command/execute";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { readShown } from "../shown/read-shown";
import { EXPORTS, type ExportedPage } from "./exported-lists";
import { EXPORTED_LISTS, type ExportFormat, ExportSchema } from "./schema";

/** A list on its way into a file. */
export interface ListExport {
  /** "users-development-2026-05-03.csv" */
  readonly fileName: string;
  readonly contentType: string;
  /** The file piece by piece. Ends early, by throwing, when a page cannot be read. */
  readonly chunks: AsyncGenerator<string, void, undefined>;
}

/** Rows that are read, and held, at a time: the largest page of a list. */
const PAGE_ROWS = "100";

interface Encoding {
  readonly contentType: string;
  begin(columns: readonly string[]): string;
  rows(rows: ExportedPage["rows"], columns: readonly string[], first: boolean): string;
  /** A last row that holds nothing but the signature of everything before it. */
  signature(signature: string, columns: readonly string[], first: boolean): string;
  end(): string;
}

/** As spreadsheets open it: UTF-8 with its mark, and no cell that they would take for a formula. */
const toCsv = (rows: readonly (readonly unknown[])[]) =>
  stringify(rows as unknown[][], {
    escape_formulas: true,
    record_delimiter: "windows",
    cast: {
      boolean: String,
      date: (value) => value.toISOString(),
      object: (value) => JSON.stringify(value),
    },
  });

const ENCODINGS: Readonly<Record<ExportFormat, Encoding>> = {
  csv: {
    contentType: "text/csv; charset=utf-8",
    begin: (columns) => `\ufeff${toCsv([columns])}`,
    rows: toCsv,
    signature: (signature, columns) =>
      toCsv([["#signature", signature, ...Array<string>(Math.max(0, columns.length - 2)).fill("")]]),
    end: () => "",
  },
  json: {
    contentType: "application/json; charset=utf-8",
    begin: () => "[",
    rows: (rows, columns, first) =>
      rows
        .map((row, index) => {
          const object = Object.fromEntries(columns.map((column, at) => [column, row[at]]));
          return `${first && index === 0 ? "\n" : ",\n"}${JSON.stringify(object)}`;
        })
        .join(""),
    signature: (signature, _columns, first) => `${first ? "\n" : ",\n"}${JSON.stringify({ signature })}`,
    end: () => "\n]\n",
  },
};

/**
 * Exports what a list shows, all of its pages, in its order: `list` and `format` (csv or json) beside the filters, search
 * and sort of the list's own address. Needs the list's permission, and is audited. The rows are read page by page while the
 * file is taken, so that a million of them need no more memory than a hundred; rows that come or go meanwhile may be in it or not.
 * An audit log ends with a row that holds its signature (docs/decisions/0121).
 */
export async function exportList(context: Context, actor: Actor, input: Record<string, string>): Promise<ListExport> {
  const { list, format } = ExportSchema.parse(input);
  requirePermission(actor, "lists.export");
  const environment = environmentOf(actor);
  const { list: _list, format: _format, cursor: _cursor, size: _size, ...filters } = input;
  const query = { ...filters, size: PAGE_ROWS };
  const { columns } = EXPORTS[list];
  const read = (query: Record<string, string>) =>
    readShown(context, actor, (shown) => EXPORTS[list].read(shown, actor, query));
  // Before anything is said to have been exported: who may not see the list is refused here.
  const first = await read(query);
  const target = {
    kind: "environment",
    id: environment.appKey,
    name: `${environment.appName} ${environment.name}`,
  } as const;
  await execute(context, actor, async () => ({
    result: undefined,
    audit: [{ action: "list.exported", target, after: { list: EXPORTED_LISTS[list], format, ...filters } }],
  }));
  const day = new Date(context.now()).toISOString().slice(0, 10);
  const encoding = ENCODINGS[format];
  const signer = list === "audit-log" ? await signerOf(context, actor, filters.scope) : null;
  async function* chunks() {
    const signed = (chunk: string, rows = 0) => {
      signer?.take(chunk, rows);
      return chunk;
    };
    yield signed(encoding.begin(columns));
    let begun = false;
    for (let page = first; ; ) {
      if (page.rows.length > 0) yield signed(encoding.rows(page.rows, columns, !begun), page.rows.length);
      begun ||= page.rows.length > 0;
      if (page.next === null) break;
      page = await read({ ...query, cursor: page.next });
      // Whatever was to follow is gone, and the list has begun anew.
      if (page.previous === null) break;
    }
    if (signer !== null) yield encoding.signature(signer.sign(), columns, !begun);
    yield encoding.end();
  }
  return {
    fileName: `${list}-${environment.name}-${day}.${format}`,
    contentType: encoding.contentType,
    chunks: chunks(),
  };
}

function signerOf(context: Context, actor: Actor, scope: string | undefined): Promise<ExportSigner> {
  if (scope === "installation") return createExportSigner(context, INSTALLATION, "Installation");
  const { id, appName, name } = environmentOf(actor);
  return createExportSigner(context, id, `${appName} ${name}`);
}
