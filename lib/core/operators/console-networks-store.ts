import type { Db } from "@/lib/db/database";

const KEY = "console_networks";

/** The networks that the console is open to, as they were written; none: any. */
export async function findConsoleNetworks(db: Db): Promise<readonly string[]> {
  const fact = await db.installationFact.findUnique({ where: { key: KEY }, select: { value: true } });
  return fact === null ? [] : (fact.value as unknown as { networks: string[] }).networks;
}

export async function saveConsoleNetworks(db: Db, networks: readonly string[], now: Date): Promise<void> {
  const value = { networks: [...networks] };
  await db.installationFact.upsert({
    where: { key: KEY },
    create: { key: KEY, value, updatedAt: now },
    update: { value, updatedAt: now },
  });
}
