import { formatCount, plural } from "@/components/ui/count-text";
import type { Quota } from "@/lib/core/quota/schema";

type Growth = Pick<Quota, "growthPerDay" | "daysUntilFull" | "level">;

/** How fast the seats fill, and when none will be left. */
export function growthSentence({ growthPerDay, daysUntilFull, level }: Growth): string {
  const perDay = Math.round(growthPerDay * 10) / 10;
  const refused = level === "full" ? " New registrations are refused with code 2007." : "";
  if (perDay <= 0) return `No growth in the last 7 days.${refused}`;
  const end =
    daysUntilFull === null
      ? "not growing"
      : daysUntilFull === 0
        ? "full"
        : `full in about ${plural(daysUntilFull, "day")}`;
  return `${formatCount(perDay)} new a day, ${end}.${refused}`;
}
