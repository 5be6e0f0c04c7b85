/** `YYYY-MM-DD HH:MM:SS` in UTC, as the contract writes times as text (section 4). */
export function textTime(time: Date): string {
  return time.toISOString().slice(0, 19).replace("T", " ");
}
