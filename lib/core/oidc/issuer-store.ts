import type { Db } from "@/lib/db/database";
import type { Context } from "../context";
import type { IssuerSettings } from "./schema";

/** What the console has stored of an issuer: the settings with the secret sealed, base64. */
type StoredIssuer = Omit<IssuerSettings, "clientSecret"> & { readonly clientSecretSealed: string };

const KEY = "issuer";
const SEALED_FOR = "client secret of the issuer";

const BREAK_GLASS = "break_glass";
interface BreakGlass {
  readonly operatorId: string;
  /** Unix milliseconds */
  readonly until: number;
}

/** The issuer that the console has stored, whether or not environment variables name another one. */
export async function findStoredIssuer({ secrets }: Pick<Context, "secrets">, db: Db): Promise<IssuerSettings | null> {
  const fact = await db.installationFact.findUnique({ where: { key: KEY }, select: { value: true } });
  if (fact === null) return null;
  const { clientSecretSealed, ...stored } = fact.value as unknown as StoredIssuer;
  return { ...stored, clientSecret: secrets.decrypt(Buffer.from(clientSecretSealed, "base64"), SEALED_FOR) };
}

export async function saveIssuer(
  { secrets }: Pick<Context, "secrets">,
  db: Db,
  { clientSecret, ...settings }: IssuerSettings,
  now: Date,
): Promise<void> {
  const clientSecretSealed = Buffer.from(secrets.encrypt(clientSecret, SEALED_FOR)).toString("base64");
  // As plain data: what is stored is JSON.
  const value = JSON.parse(JSON.stringify({ ...settings, clientSecretSealed }));
  await db.installationFact.upsert({
    where: { key: KEY },
    create: { key: KEY, value, updatedAt: now },
    update: { value, updatedAt: now },
  });
}

/** Says whether there was one. */
export async function deleteIssuer(db: Db): Promise<boolean> {
  return (await db.installationFact.deleteMany({ where: { key: KEY } })).count > 0;
}

/** Lets one operator sign in by password until `until`, where only the issuer's sign-ins count. */
export async function saveBreakGlass(db: Db, operatorId: string, until: Date, now: Date): Promise<void> {
  const value = { operatorId, until: until.getTime() };
  await db.installationFact.upsert({
    where: { key: BREAK_GLASS },
    create: { key: BREAK_GLASS, value, updatedAt: now },
    update: { value, updatedAt: now },
  });
}

/** Who may sign in by password although only the issuer's sign-ins count; null: nobody. */
export async function findBreakGlass(db: Db, now: number): Promise<string | null> {
  const fact = await db.installationFact.findUnique({ where: { key: BREAK_GLASS }, select: { value: true } });
  const { operatorId, until } = (fact?.value ?? { operatorId: "", until: 0 }) as unknown as BreakGlass;
  return until > now ? operatorId : null;
}
