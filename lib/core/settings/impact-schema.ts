import { z } from "zod";
import { searchText } from "../input/text";
import type { CappedCount } from "../paging/page-size";
import { IMPACT_FIGURES, type ImpactFigure } from "./facts";

export interface ImpactCount extends CappedCount {
  /** False: only the latest of many were looked at, so there may be more. */
  readonly whole: boolean;
}

export type SettingsImpact = Partial<Record<ImpactFigure, ImpactCount>>;

const list = (max: number) =>
  searchText(max)
    .default("")
    .transform((text) => text.split(",").filter((part) => part !== ""));

/** As the endpoint's address spells it. */
export const SettingsImpactQuerySchema = z.object({
  /** Comma-separated; unknown ones are ignored. */
  figures: list(200).transform((names) => IMPACT_FIGURES.filter((figure) => names.includes(figure))),
  /** Comma-separated extended keys, for `profiles`. */
  keys: list(4_000),
});
export type SettingsImpactQueryInput = z.input<typeof SettingsImpactQuerySchema>;
