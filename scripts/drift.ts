import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findDrift } from "@/lib/db/drift";
import { openEmbeddedPostgres } from "@/lib/embedded-postgres/open-embedded-postgres";

/** Part of `npm run check`: prisma/schema.prisma against prisma/migrations, on a PostgreSQL of its own. */
const dataDir = mkdtempSync(path.join(tmpdir(), "im-drift-"));
const server = await openEmbeddedPostgres({ dataDir, durable: false });
try {
  const drift = await findDrift(server.ownerUrl);
  if (drift === "") {
    console.log("The migrations build what the schema says.");
  } else {
    console.error("The migrations do not build what prisma/schema.prisma says. A new migration would be:\n");
    console.error(drift);
    process.exitCode = 1;
  }
} finally {
  await server.close();
  for (const folder of [server.cluster, dataDir]) rmSync(folder, { recursive: true, force: true });
}
