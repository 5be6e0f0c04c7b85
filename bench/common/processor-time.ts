import { readFileSync } from "node:fs";

/**
 * Seconds of processor time that a process has used so far, its threads together, in hundredths; NaN where the system does
 * not say (only Linux does).
 */
export function cpuSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [user, system] = stat.slice(stat.lastIndexOf(")")).split(" ").slice(12, 14);
    return (Number(user) + Number(system)) / 100;
  } catch {
    return Number.NaN;
  }
}
