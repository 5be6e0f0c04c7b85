import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, chownSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { findProgram, ownFolder, type Running, serverAccount, startProgram } from "./foreign-programs";
import { freePort } from "./free-port";

/** A PostgreSQL of a test's own from Debian's programs, the lowest version that the product supports. */
export interface OwnCluster {
  readonly port: number;
  /** The folder of its socket. */
  readonly folder: string;
  readonly data: string;
  /** The address of a database, over TCP as the superuser. */
  url(database?: string): string;
  stop(): Promise<void>;
}

const initdb = findProgram("initdb");
export const hasDebianPostgres = initdb !== null;
const programs = path.dirname(initdb ?? "");
const PASSWORD = "own";

export interface ClusterOptions {
  /** Lines of postgresql.conf. */
  readonly settings?: readonly string[];
  /** Lines of pg_hba.conf. */
  readonly access?: readonly string[];
  /** The cluster that this one follows as a standby. */
  readonly follows?: OwnCluster;
  /** Certificate and key. */
  readonly tls?: { cert: string; key: string };
  /** Certificates that clients may come with; with `tls`. */
  readonly clients?: string;
}

/** A cluster listens before it answers: a standby has to catch up first. One that refuses for another reason is ready. */
async function untilReady(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== "57P03") return;
      await pause(50);
    } finally {
      await client.end();
    }
  }
}

export async function startCluster(options: ClusterOptions = {}): Promise<OwnCluster> {
  const account = serverAccount();
  const { path: folder, remove } = ownFolder(account);
  const data = path.join(folder, "data");
  const port = await freePort();
  const url = (database = "postgres") => `postgresql://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;
  const run = (program: string, ...args: string[]) =>
    execFileSync(path.join(programs, program), args, { ...account, cwd: "/", stdio: "pipe" });
  if (options.follows === undefined) {
    const password = path.join(folder, "password");
    writeFileSync(password, PASSWORD, { mode: 0o644 });
    run(
      "initdb",
      "-D",
      data,
      "-U",
      "postgres",
      "--pwfile",
      password,
      "-A",
      "scram-sha-256",
      "-E",
      "UTF8",
      "--locale=C.UTF-8",
      "-N",
    );
    if (options.access !== undefined) writeFileSync(path.join(data, "pg_hba.conf"), `${options.access.join("\n")}\n`);
    appendFileSync(path.join(data, "postgresql.conf"), "fsync = off\nlisten_addresses = '127.0.0.1'\n");
  } else {
    run("pg_basebackup", "-D", data, "-R", "-X", "stream", "-c", "fast", "-d", options.follows.url());
  }
  const settings = [`port = ${port}`, `unix_socket_directories = '${folder}'`, ...(options.settings ?? [])];
  if (options.tls !== undefined) {
    const files = { ...options.tls, ...(options.clients === undefined ? {} : { clients: options.clients }) };
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(data, `${name}.pem`);
      writeFileSync(file, text);
      chmodSync(file, 0o600);
      if (account.uid !== undefined && account.gid !== undefined) chownSync(file, account.uid, account.gid);
    }
    settings.push("ssl = on", "ssl_cert_file = 'cert.pem'", "ssl_key_file = 'key.pem'");
    if (options.clients !== undefined) settings.push("ssl_ca_file = 'clients.pem'");
  }
  appendFileSync(path.join(data, "postgresql.conf"), `${settings.join("\n")}\n`);
  const server: Running = await startProgram(path.join(programs, "postgres"), ["-D", data], port, account, "SIGINT");
  await untilReady(url("postgres"));
  return {
    port,
    folder,
    data,
    url,
    async stop() {
      await server.stop();
      remove();
    },
  };
}
