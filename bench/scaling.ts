import { flags } from "./common/flags";
import { measureConnected } from "./scaling/connected";
import { measureLoss } from "./scaling/lost-process";
import { measureUsers } from "./scaling/users";
import { measureWorkers } from "./scaling/workers";

/**
 * `npm run bench -- scaling workers | users | connected | lost [--json]`: the figures of docs/scaling.md. What a part takes is said beside
 * it. BENCH_DATABASE_URL names a server to use instead of an embedded one.
 */

const PARTS: Readonly<Record<string, () => Promise<unknown>>> = {
  workers: measureWorkers,
  users: measureUsers,
  connected: measureConnected,
  lost: measureLoss,
};

const part = PARTS[flags[0] ?? ""];
if (part === undefined) {
  console.error(`Name a part: npm run bench -- scaling ${Object.keys(PARTS).join(" | ")}`);
  process.exit(2);
}
console.log(JSON.stringify(await part(), null, 2));
