/** Splits pasted text into ids: blanks, commas and semicolons separate, quotes and brackets around go, repeats collapse. */
export function parsePastedIds(text: string): string[] {
  const ids = text
    .split(/[\s,;]+/)
    .map((part) => part.replace(/^["'`[\]]+|["'`[\]]+$/g, ""))
    .filter((part) => part !== "");
  return [...new Set(ids)];
}
