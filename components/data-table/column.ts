import type { ReactNode } from "react";

/** What a list shows. Published as `data-state` on its region, for tests and style. */
export type ListState = "loading" | "ready" | "empty" | "no-match" | "error";

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  /** The header is there for screen readers only (actions). */
  readonly hiddenHeader?: boolean;
  /** The value of `sort` in the address that the first click gives; the next one turns it round. Absent: no index, no sort. */
  readonly sort?: string;
  /** The cell that names the row: `<th scope="row">`, held in place while the table scrolls sideways. */
  readonly rowHeader?: boolean;
  readonly align?: "right";
  /** Classes of header and cells, such as a least width. */
  readonly className?: string;
  cell(row: Row): ReactNode;
}
