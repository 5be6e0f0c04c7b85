import path from "node:path";
import { connectBus } from "./bus/connect-bus";
import type { Context } from "./core/context";
import { openSecretBox } from "./core/master-key/retired-key-store";
import type { SecretBox } from "./core/secrets";
import { flushSecurityEvents } from "./core/security-events/note-event";
import { type Database, openDatabase } from "./db/database";
import { refuseNewerDatabase } from "./db/migrate";
import { openReplica } from "./db/replica";
import { databaseHasRoom, giveBackLog } from "./db/room-probe";
import { databaseFolder, type Env, env } from "./env";
import { issuerOf } from "./issuer-variables";
import { createLog } from "./log";
import { createOutbound } from "./outbound/create-outbound";
import { createMailServer } from "./outbound/mail-server";
import { ownCommands } from "./own-commands";
import { type WatchedFolder, watchRoom } from "./room/room";

/** A process's context together with what must be closed when it ends. */
export interface Runtime {
  readonly context: Context;
  readonly env: Env;
  close(): Promise<void>;
}

export interface RuntimeOptions {
  /** Where the embedded database lies; undefined: it is another one. */
  readonly folder?: string | undefined;
  /** Whether the log is told how full the disks are: not where it stands beside what a command prints. */
  readonly tellsRoom?: boolean;
  /** Whether it shows lists, which a replica may then answer: the console. */
  readonly shows?: boolean;
}

/**
 * Composes the context of one process from its settings. The launcher has put DATABASE_URL and MASTER_KEY into the
 * environment; a process started without it must be given both. Throws `WrongMasterKey` when it can tell that the key is not this database's,
 * and `MigrationError` when the database belongs to a newer version. With `shows` the context has the replica, where there is one.
 */
export async function createRuntime(
  processName: string,
  settings: Env = env(),
  { folder = databaseFolder(), tellsRoom = true, shows = false }: RuntimeOptions = {},
): Promise<Runtime> {
  const { DATABASE_URL: url, DATABASE_REPLICA_URL: replicaUrl, MASTER_KEY: masterKey } = settings;
  if (url === undefined)
    throw new Error(`DATABASE_URL is not set. Start with \`${ownCommands().start}\`, which sets it.`);
  if (masterKey === undefined)
    throw new Error(`MASTER_KEY is not set. Start with \`${ownCommands().start}\`, which sets it.`);
  const log = createLog({ level: settings.LOG_LEVEL, process: processName });
  const db = openDatabase({
    url,
    poolSize: settings.DATABASE_POOL_SIZE,
    applicationName: `im-user-service ${processName}`,
    onIdleError: (error) => log.warn({ err: error }, "database: an idle connection was closed"),
  });
  const secrets = await openFitting(db, masterKey);
  const bus = await connectBus({ databaseUrl: url, redisUrl: settings.REDIS_URL, pool: db.pool, log });
  const room = await watchRoom({
    folders: watchedFolders(settings.DATA_DIR, folder),
    probe: () => databaseHasRoom(db.pool),
    ...(folder === undefined ? {} : { relieve: () => db.maintain(giveBackLog) }),
    log: tellsRoom ? log : log.child({}, { level: "silent" }),
  });
  const outbound = createOutbound({
    allowPrivate: settings.WEBHOOK_ALLOW_PRIVATE,
    hosts: settings.OUTBOUND_HOSTS,
    encrypted: settings.REQUIRE_TLS,
  });
  const issuer = issuerOf(settings);
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, PUBLIC_CONSOLE_URL: consoleUrl } = settings;
  const { CONSOLE_ALLOW_FROM: consoleNetworks } = settings;
  const mail =
    smtpUrl === undefined || from === undefined ? undefined : { ...createMailServer(smtpUrl, from), consoleUrl };
  const replica =
    !shows || replicaUrl === undefined
      ? undefined
      : openReplica({
          url: replicaUrl,
          primaryUrl: url,
          primary: db.pool,
          poolSize: settings.DATABASE_POOL_SIZE,
          applicationName: `im-user-service ${processName} replica`,
          log,
        });
  const context: Context = {
    db,
    ...(replica === undefined ? {} : { replica }),
    bus,
    now: Date.now,
    secrets,
    restoreAfterMs: settings.RESTORE_AFTER_MINUTES * 60_000,
    outbound,
    testOperators: settings.TEST_OPERATORS,
    ...(issuer === undefined ? {} : { issuer }),
    ...(mail === undefined ? {} : { mail }),
    ...(consoleNetworks === undefined ? {} : { consoleNetworks }),
    room,
    log,
  };
  return {
    context,
    env: settings,
    async close() {
      await flushSecurityEvents(context);
      await room.close();
      outbound.close();
      await bus.close();
      await replica?.close();
      await db.close();
    },
  };
}

/** The disk of the data directory is watched as well: the command line and the launcher write to it. */
function watchedFolders(dataDir: string, database: string | undefined): WatchedFolder[] {
  const folders = [{ folder: path.resolve(dataDir), database: false }];
  return database === undefined ? folders : [...folders, { folder: database, database: true }];
}

/** What is known before anything is read or written: that this version and this key are the database's. */
async function openFitting(db: Database, masterKey: string): Promise<SecretBox> {
  try {
    await refuseNewerDatabase(db.pool);
    return await openSecretBox(db.prisma, masterKey);
  } catch (error) {
    await db.close();
    throw error;
  }
}
