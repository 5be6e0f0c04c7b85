import { z } from "zod";

/** State of the overview in its address; a value that is not known falls back to the default. */
export const OverviewParamsSchema = z.object({
  /** Length of the registrations chart in days. */
  days: z
    .enum(["7", "14"])
    .catch("7")
    .transform((text) => (text === "14" ? 14 : 7)),
  view: z.enum(["chart", "table"]).catch("chart"),
});
export type OverviewParams = z.output<typeof OverviewParamsSchema>;

/** Address of the same overview with other chart options; defaults are left out. */
export function overviewHref(base: string, params: OverviewParams): string {
  const query = new URLSearchParams();
  if (params.days !== 7) query.set("days", String(params.days));
  if (params.view !== "chart") query.set("view", params.view);
  const text = query.toString();
  return `${base}/overview${text === "" ? "" : `?${text}`}`;
}
