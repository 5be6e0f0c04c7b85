import { z } from "zod";
import { FIGURES } from "@/lib/core/overview/figures";

/** Lengths of the chart in days. */
export const CHART_DAYS = [7, 14, 30, 90] as const;

/** State of the overview in its address; a value that is not known falls back to the default. */
export const OverviewParamsSchema = z.object({
  figure: z.enum(FIGURES).catch("registered"),
  days: z.coerce.number().pipe(z.literal(CHART_DAYS)).catch(7),
  view: z.enum(["chart", "table"]).catch("chart"),
});
export type OverviewParams = z.output<typeof OverviewParamsSchema>;

/** Address of the same overview with other chart options; defaults are left out. */
export function overviewHref(base: string, params: OverviewParams): string {
  const query = new URLSearchParams();
  if (params.figure !== "registered") query.set("figure", params.figure);
  if (params.days !== 7) query.set("days", String(params.days));
  if (params.view !== "chart") query.set("view", params.view);
  const text = query.toString();
  return `${base}/overview${text === "" ? "" : `?${text}`}`;
}
