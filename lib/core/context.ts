import type { Logger } from "pino";
import type { Bus } from "@/lib/bus/bus";
import type { Database } from "@/lib/db/database";
import type { Replica } from "@/lib/db/replica";
import type { MailServer } from "@/lib/outbound/mail-server";
import type { Outbound } from "@/lib/outbound/outbound";
import type { Room } from "@/lib/room/room";
import type { IssuerSettings } from "./oidc/schema";
import type { SecretBox } from "./secrets";

/** Everything a use case reaches outside itself. Made once per process by `lib/runtime.ts`, by tests with their own. */
export interface Context {
  readonly db: Database;
  /** Where doors may read what they only show, with `readShown`; absent: there is none. */
  readonly replica?: Replica;
  /** The primary, in a context that `readShown` made on the replica. */
  readonly primary?: Context;
  readonly bus: Bus;
  /** Unix milliseconds. The only clock that rules may read: of the environment, in a context that `contextIn` gave. */
  readonly now: () => number;
  /** How far `now` is ahead of real time, in milliseconds; absent: not at all. `realNow` takes it off. */
  readonly aheadMs?: number;
  readonly secrets: SecretBox;
  /** The only way to send something to an address that an operator has typed. */
  readonly outbound: Outbound;
  /** How long a soft-deleted user cannot be restored, in milliseconds (contract section 8.3). */
  readonly restoreAfterMs: number;
  /** Whether test operators may be signed in without a password, and those that were are anybody. */
  readonly testOperators: boolean;
  /** The OpenID issuer that the environment variables name, which goes before the one of the console. */
  readonly issuer?: IssuerSettings;
  /** The mail server, and where its mails lead; absent: the installation sends none. */
  readonly mail?: MailServer & { readonly consoleUrl: string };
  /** The networks that an environment variable opens the console to, which go before those that are stored. */
  readonly consoleNetworks?: readonly string[];
  /** Whether there is room for what is to be stored; absent: as if there always were. */
  readonly room?: Room;
  readonly log: Logger;
}
