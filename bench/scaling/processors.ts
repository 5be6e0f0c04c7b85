import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { cpuSeconds } from "../common/processor-time";

/** Processes, what they spawn, and the processors that they may run on. Linux alone. */

function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return Number(stat.slice(stat.lastIndexOf(")")).split(" ")[2]);
}

/** A process with all that it has spawned. */
export function familyOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const one = Number(name);
    if (!Number.isInteger(one)) continue;
    try {
      parents.set(one, parentOf(one));
    } catch {
      // It has ended meanwhile.
    }
  }
  const family = [pid];
  for (const member of family) for (const [child, parent] of parents) if (parent === member) family.push(child);
  return family;
}

/** Of a PostgreSQL: the process that all of its connections come from. */
export const postmasterOf = (backend: number): number => parentOf(backend);

/** Lets a family run on these processors alone, such as "0" or "0,1". */
export function bind(pid: number, processors: string): void {
  for (const member of familyOf(pid)) {
    execFileSync("taskset", ["-a", "-c", "-p", processors, String(member)], { stdio: "ignore" });
  }
}

/** Seconds of processor time of a family so far. */
export const familySeconds = (pid: number): number =>
  familyOf(pid).reduce((sum, member) => sum + (cpuSeconds(member) || 0), 0);
