/** Parameters of array types, as the text that PostgreSQL reads. Far cheaper than `pg`'s own conversion of arrays. */

export function numberArray(values: ReadonlyArray<number | null>): string {
  let text = "{";
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) text += ",";
    text += values[index] ?? "NULL";
  }
  return `${text}}`;
}

/** Texts that need no escaping inside quotes. */
const PLAIN = /^[^"\\]*$/;

export function textArray(values: ReadonlyArray<string | null>): string {
  let text = "{";
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) text += ",";
    const value = values[index];
    if (value === null || value === undefined) text += "NULL";
    else text += PLAIN.test(value) ? `"${value}"` : `"${value.replace(/["\\]/g, "\\$&")}"`;
  }
  return `${text}}`;
}
