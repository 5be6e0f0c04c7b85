import type { Logger } from "pino";
import { repeat } from "@/lib/queue/repeat";
import { bytesText, type Disk, judgeDisk, keptBytes, type RoomLevel, readDisk, usedShare } from "./disk";

const LOOK_MS = 1_000;
const PROBE_MS = 2_000;
const RELIEVE_MS = 60_000;

/** A folder whose disk is watched. */
export interface WatchedFolder {
  readonly folder: string;
  /** Whether the database lies there: then changes are refused before PostgreSQL finds the disk full, which it does not survive. */
  readonly database: boolean;
}

export interface WatchedDisk extends Disk, WatchedFolder {
  readonly level: RoomLevel;
}

export interface RoomState {
  /** The worst of the disks, "none" only where changes are refused. */
  readonly level: RoomLevel;
  /** Those that could be looked at. */
  readonly disks: readonly WatchedDisk[];
  /** PostgreSQL itself has said that it takes nothing more. */
  readonly databaseFull: boolean;
}

/** Whether there is room for what is to be stored (docs/decisions/0147-a-full-disk-stops-changes-not-the-product.md). */
export interface Room {
  level(): RoomLevel;
  state(): RoomState;
  /** To be told when PostgreSQL has refused something for want of room. */
  databaseIsFull(): void;
  close(): Promise<void>;
}

export interface RoomOptions {
  readonly folders: readonly WatchedFolder[];
  /** Whether PostgreSQL takes something now. Asked after it has said that it does not, until it does. */
  readonly probe: () => Promise<boolean>;
  /** Has PostgreSQL give back what it can, at once and every minute while changes are refused; absent: it cannot be asked to. */
  readonly relieve?: () => Promise<unknown>;
  readonly log: Logger;
}

/** Looks at the disks each second, from the first look on, which it waits for. */
export async function watchRoom(options: RoomOptions): Promise<Room> {
  const { folders, probe, relieve, log } = options;
  let disks: readonly WatchedDisk[] = [];
  let databaseFull = false;
  let told: RoomLevel = "enough";
  let closed = false;

  const levelOf = (): RoomLevel => {
    if (databaseFull || disks.some(({ database, level }) => database && level === "none")) return "none";
    return disks.every(({ level }) => level === "enough") ? "enough" : "short";
  };

  const tell = () => {
    const level = levelOf();
    if (level === told) return;
    const was = told;
    told = level;
    const facts = {
      databaseFull,
      disks: disks.map((disk) => ({ folder: disk.folder, level: disk.level, ...textsOf(disk) })),
    };
    if (level === "none") log.error(facts, "room: there is no room left, and changes are refused");
    else if (level === "short") log.warn(facts, was === "none" ? NOT_MUCH : "room: a disk is nearly full");
    else log.info(facts, "room: there is enough again");
    if (level === "none") reliefs?.now();
  };

  const onError = (what: string) => (error: unknown) => log.warn({ err: error }, `room: ${what}; trying again`);
  const reliefs =
    relieve === undefined
      ? undefined
      : repeat(
          async () => void (levelOf() === "none" && (await relieve())),
          RELIEVE_MS,
          onError("PostgreSQL could not be asked to give back what it can"),
        );

  const look = async () => {
    const looked: WatchedDisk[] = [];
    for (const watched of folders) {
      const disk = await readDisk(watched.folder);
      const before = disks.find(({ folder }) => folder === watched.folder)?.level;
      if (disk !== null) looked.push({ ...watched, ...disk, level: judgeDisk(disk, before) });
    }
    disks = looked;
    tell();
  };

  const probes = repeat(
    async () => {
      if (!databaseFull || !(await probe())) return;
      databaseFull = false;
      tell();
    },
    PROBE_MS,
    onError("PostgreSQL could not be asked for room"),
  );
  const notLooked = onError("a disk could not be looked at");
  await look().catch(notLooked);
  const looks = repeat(look, LOOK_MS, notLooked);

  return {
    level: levelOf,
    state: () => ({ level: levelOf(), disks, databaseFull }),
    databaseIsFull() {
      if (databaseFull || closed) return;
      databaseFull = true;
      tell();
    },
    async close() {
      closed = true;
      await Promise.all([looks.stop(), probes.stop(), reliefs?.stop()]);
    },
  };
}

const NOT_MUCH = "room: changes are accepted again, but a disk is nearly full";

const textsOf = (disk: Disk) => ({
  free: bytesText(disk.freeBytes),
  used: `${Math.round(usedShare(disk) * 100)} %`,
  refusedBelow: bytesText(keptBytes(disk)),
});
