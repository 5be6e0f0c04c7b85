/**
 * User ids out of pasted text: a column of a spreadsheet, a line of a log, a JSON array. Separated by white space,
 * commas or semicolons; quotes and brackets around an id are dropped. First place kept, repeats dropped.
 */
export function parseIds(text: string): string[] {
  const ids = text
    .split(/[\s,;]+/)
    .map((part) => part.replace(/^["'`[\]]+|["'`[\]]+$/g, ""))
    .filter((id) => id !== "");
  return [...new Set(ids)];
}
