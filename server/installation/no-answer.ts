/** Why PostgreSQL could not be connected to, in words that follow "does not answer:", with what helps. */

const BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there. Start that PostgreSQL or correct the address",
  ENOENT: "there is no such socket. Start that PostgreSQL or correct the folder (host=)",
  EACCES: "this account may not use that socket",
  ENOTFOUND: "there is no such host. Correct the address",
  EAI_AGAIN: "the name of the host cannot be looked up",
  ETIMEDOUT: "nothing comes back from there. Look for a firewall on the way, or correct the address",
  "28P01": "it refuses the password",
  "3D000": "it has no database of that name. Make it: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
  "42501": "this role may not connect to that database. As its owner: GRANT CONNECT ON DATABASE … TO …",
  "53300": "it has no connection left. Raise its max_connections or the role's limit, or lower DATABASE_POOL_SIZE",
  "57P03": "it is starting up, or is a standby that takes no connections. Give the address of the primary",
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name. Use the name that the certificate has",
};

const UNKNOWN_AUTHORITY =
  "its certificate is of an authority that this machine does not know. Add sslrootcert=FILE with that authority's certificate, or sslmode=no-verify to encrypt without knowing who answers";

const TLS_DEMANDED =
  "it demands TLS for this role. Add ?sslmode=verify-full to the address, and sslrootcert=FILE where the certificate is of an authority of your own";

const BY_WORDS: ReadonlyArray<readonly [RegExp, string]> = [
  [/no encryption|SSL off|SSL required/i, TLS_DEMANDED],
  [/self-signed certificate|unable to (verify|get)/i, UNKNOWN_AUTHORITY],
  [/does not support SSL/i, "it has no TLS. Switch ssl on there, or take sslmode out of the address"],
  [/timeout|timed out/i, BY_CODE.ETIMEDOUT ?? ""],
];

/** The reason in words, from what connecting was refused with. */
export function whyNoAnswer(thrown: unknown): string {
  const error = thrown instanceof AggregateError ? thrown.errors[0] : thrown;
  const { code = "", message = String(error) } = error as { code?: string; message?: string };
  const words = BY_WORDS.find(([pattern]) => pattern.test(message))?.[1];
  return words ?? BY_CODE[code] ?? `${message.replace(/\.$/, "")}`;
}
