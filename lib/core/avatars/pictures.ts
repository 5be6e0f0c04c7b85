import type { Outbound } from "@/lib/outbound/outbound";
import { pictureType } from "./picture-type";

export interface Picture {
  readonly type: string;
  readonly bytes: Buffer;
}

const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MS = 5_000;
const REDIRECTS = 3;
/** Kept in this process; the least used go first. */
const KEPT_BYTES = 32 * 1024 * 1024;
const KEPT_MS = 10 * 60_000;
/** An address that gave no picture is not asked again for so long. */
const MISSED_MS = 60_000;
/** Counts for an address without a picture, so that those are bounded as well. */
const ENTRY_BYTES = 1_024;
/** Fetched at once; whoever comes when as many wait is shown initials. */
const AT_ONCE = 8;
const WAITING = 200;

interface Kept {
  readonly picture: Picture | null;
  readonly until: number;
}

const sizeOf = ({ picture }: Kept) => ENTRY_BYTES + (picture?.bytes.length ?? 0);

async function fetchPicture(outbound: Outbound, address: URL): Promise<Picture | null> {
  let url = address;
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    const headers = { Accept: "image/avif,image/webp,image/png,image/jpeg,image/gif" };
    const answer = await outbound.get({ url, headers, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS });
    if (answer.status >= 300 && answer.status < 400 && answer.location !== undefined) {
      const next = URL.canParse(answer.location, url) ? new URL(answer.location, url) : null;
      if (next === null || !/^https?:$/.test(next.protocol)) return null;
      url = next;
      continue;
    }
    const type = answer.status === 200 && answer.whole ? pictureType(answer.bytes) : null;
    return type === null ? null : { type, bytes: answer.bytes };
  }
  return null;
}

/** Fetches the pictures at addresses that customers' data names, each address once for everybody who looks. */
export function createPictures(outbound: Outbound, now: () => number = Date.now) {
  const kept = new Map<string, Kept>();
  const running = new Map<string, Promise<Picture | null>>();
  const queue: Array<() => void> = [];
  let size = 0;
  let active = 0;

  const forget = (address: string) => {
    const entry = kept.get(address);
    if (entry === undefined) return;
    size -= sizeOf(entry);
    kept.delete(address);
  };
  const keep = (address: string, picture: Picture | null) => {
    forget(address);
    const entry = { picture, until: now() + (picture === null ? MISSED_MS : KEPT_MS) };
    kept.set(address, entry);
    size += sizeOf(entry);
    for (const oldest of kept.keys()) {
      if (size <= KEPT_BYTES) break;
      forget(oldest);
    }
  };
  const turn = async (): Promise<void> => {
    if (active >= AT_ONCE) await new Promise<void>((resolve) => queue.push(resolve));
    else active += 1;
  };
  const leave = () => {
    const next = queue.shift();
    if (next === undefined) active -= 1;
    else next();
  };
  const load = async (address: string): Promise<Picture | null> => {
    await turn();
    try {
      // An address that cannot be reached, or may not, has no picture: the initials stand.
      const picture = await fetchPicture(outbound, new URL(address)).catch(() => null);
      keep(address, picture);
      return picture;
    } finally {
      leave();
      running.delete(address);
    }
  };

  /** The picture at an http or https address; null where there is none that may be shown, or no time to ask. */
  return async (address: string): Promise<Picture | null> => {
    const known = kept.get(address);
    if (known !== undefined && known.until > now()) {
      // Used last, so it goes last.
      kept.delete(address);
      kept.set(address, known);
      return known.picture;
    }
    const under = running.get(address);
    if (under !== undefined) return under;
    if (queue.length >= WAITING) return null;
    const loading = load(address);
    running.set(address, loading);
    return loading;
  };
}
