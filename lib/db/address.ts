/**
 * The address of a PostgreSQL: `postgresql://user:password@host:port/database?sslmode=…&schema=…`, or of a socket of this machine,
 * `postgresql:///database?host=/var/run/postgresql`. `pg` reads it; what is here says what is wrong with one, and what else it says.
 */

const PARTS =
  /^(?:postgres|postgresql):\/\/(?:(?<user>[^:/?#\s]*)(?::(?<password>[^/?#\s]*))?@)?(?<host>\[[\da-f:.]+\]|[^@:/?#[\]\s]*)(?::(?<port>\d*))?(?:\/(?<database>[^/?#@]*))?(?:\?(?<query>[^#]*))?$/i;

/** What would end a password too early, or is no escape. */
const MUST_BE_ENCODED = /[/?#\s]|%(?![\da-f]{2})/gi;
const LONGEST_NAME = 63;
const DEFAULT_SCHEMA = "public";

/** Why this is not an address that the product can use, to follow the variable's name; null when it is one. Tells nothing secret. */
export function addressProblem(text: string): string | null {
  const [, rest] = /^postgres(?:ql)?:\/\/(.*)$/is.exec(text) ?? [];
  if (rest === undefined) return "must be an address that starts with postgres:// or postgresql://";
  const unencoded = unencodedIn(rest);
  if (unencoded.length > 0) {
    const which = unencoded.map((one) => `${one === " " ? "a space" : one} as ${encodeURIComponent(one)}`).join(", ");
    return `has characters in its user name or password that must be encoded: write ${which}`;
  }
  const query = new URLSearchParams(PARTS.exec(text)?.groups?.query);
  if (/^[^/?]*,/.test(rest.replace(/^.*@/, "")) || query.get("host")?.includes(",")) {
    return "names several servers: give one address that leads to the primary, such as a name or a load balancer that follows it";
  }
  if (!PARTS.test(text)) return "must be an address such as postgresql://user:password@host:5432/database";
  if (/search_path/i.test(query.get("options") ?? "")) {
    return "sets search_path by options, which Prisma does not follow: name the schema as ?schema=NAME instead";
  }
  const schema = query.get("schema");
  if (schema !== null && (schema === "" || schema.includes("\0") || Buffer.byteLength(schema) > LONGEST_NAME)) {
    return `must name a schema of at most ${LONGEST_NAME} bytes with ?schema=`;
  }
  return null;
}

/** Characters before the last @ of what follows the scheme that make it end earlier. An @ after a ? may belong to a setting. */
function unencodedIn(rest: string): string[] {
  const whole = PARTS.exec(`postgres://${rest}`);
  if (whole !== null && !/%(?![\da-f]{2})/i.test(`${whole.groups?.user ?? ""}${whole.groups?.password ?? ""}`))
    return [];
  const at = rest.lastIndexOf("@");
  return at < 0 ? [] : [...new Set(rest.slice(0, at).match(MUST_BE_ENCODED) ?? [])];
}

/** The schema that holds the product's tables: that of `?schema=`, as the Prisma CLI takes it, or `public`. */
export function schemaOf(url: string): string {
  return new URLSearchParams(PARTS.exec(url)?.groups?.query).get("schema") || DEFAULT_SCHEMA;
}

/** Host or socket, port and database of an address: everything but the secrets. */
export function placeOf(url: string): string {
  const { host = "", port = "", database = "", query } = PARTS.exec(url)?.groups ?? {};
  const asked = new URLSearchParams(query);
  const where = asked.get("host") || decodeURIComponent(host) || "localhost";
  return `${where}:${port || asked.get("port") || "5432"}/${database}`;
}
