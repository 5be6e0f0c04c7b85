/** Where a link leads when that is not where the page was opened; null: it leads here, or is no link. Both are origins. */
export function elsewhere(link: string, here: string): string | null {
  if (!/^https?:/.test(link) || !URL.canParse(link)) return null;
  const { origin } = new URL(link);
  return origin === here ? null : origin;
}
