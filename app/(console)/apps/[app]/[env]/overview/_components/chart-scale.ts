/** The top of an axis from 0 that holds `max` and divides into two whole halves: 0 → 2, 7 → 8, 43 → 50, 1204 → 2000. */
export function axisTop(max: number): number {
  if (max <= 2) return 2;
  const magnitude = 10 ** Math.floor(Math.log10(max));
  for (const step of [1, 2, 4, 5, 6, 8, 10]) {
    const top = step * magnitude;
    if (top >= max && top % 2 === 0) return top;
  }
  return magnitude * 20;
}
