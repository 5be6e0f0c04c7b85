import { accepted, met, none, page, type Row, testsOf } from "./row";

const appKeys = testsOf("lib/core/apps/app-keys.test.ts");
const auditStream = testsOf("lib/core/audit-stream/audit-stream.test.ts");
const audit = testsOf("lib/core/audit/seal-entries.test.ts");
const clientAddress = testsOf("lib/http/client-address.test.ts");
const doors = testsOf("lib/console/doors.test.ts");
const env = testsOf("lib/env.test.ts");
const hostile = testsOf("test/contract/hostile-input.test.ts");
const http = testsOf("lib/http/http-server.test.ts");
const issuer = testsOf("lib/console/issuer-door.test.ts");
const launcher = testsOf("server/launcher/launcher.test.ts");
const leastPrivilege = testsOf("lib/core/operators/least-privilege.test.ts");
const outbound = testsOf("lib/outbound/outbound.test.ts");
const packages = testsOf("test/shipped-packages.test.ts");
const rotation = testsOf("server/commands/rotate-master-key.test.ts");
const secrets = testsOf("lib/core/secrets.test.ts");
const securityEvents = testsOf("lib/core/security-events/security-events.test.ts");
const served = testsOf("e2e/strangers.spec.ts")(
  "nothing of the folder that it runs from is served, and no list of what there is",
);
const signIn = testsOf("lib/core/operators/sign-in.test.ts");
const source = testsOf("test/security/source.test.ts");
const transport = testsOf("test/contract/transport.test.ts");

const inventory = source("the list of cryptography names every place and algorithm, and no other");

const CONTRACT_SHA1 =
  "The contract lays SHA-1 down for the signatures of the Server API and of webhooks; with another hash no app server and no receiver would be understood. What is hashed begins with a secret that no caller knows, and collisions are of no use against that.";
const NO_RESOURCE_SERVER = "The product takes no access tokens of an authorization server.";
const NO_AUTHORIZATION_SERVER = "The product is no authorization server.";
const NO_PROVIDER = "The product is no OpenID provider.";
const PROXY_TLS = "TLS ends at the installation's reverse proxy; docs/operations.md says what to set there.";
const ONE_PROCESS_TREE = "There are no HTTP services inside: console and service meet in the database alone.";
const NO_WEBRTC = "There is no WebRTC.";

export const CHAPTERS_10_TO_17: readonly Row[] = [
  met(
    "10.1.1",
    "An issuer's tokens stay on the server",
    issuer(
      "makes an operator at the first sign-in, leads on, and is the same session, entry and operator as ever after",
    ),
    issuer("are an owner's with a fresh proof, seal the secret, show it nowhere, and send it to no other issuer"),
  ),
  met(
    "10.1.2",
    "An answer belongs to the browser that asked",
    issuer("in another browser, with another state, or without one"),
    issuer("with the nonce of another sign-in"),
    issuer("with the proof key of another sign-in"),
  ),
  met(
    "10.2.1",
    "No forged sign-in",
    issuer("sends PKCE, state and nonce, and lets a caller add nothing"),
    issuer("without the token against forged requests nothing begins"),
  ),
  none("10.2.2", "Several issuers are not mixed up", "There is one issuer at a time."),
  none("10.3.1", "Audience of access tokens", NO_RESOURCE_SERVER),
  none("10.3.2", "Scopes of access tokens", NO_RESOURCE_SERVER),
  none("10.3.3", "Users of access tokens", NO_RESOURCE_SERVER),
  none("10.3.4", "Strength behind access tokens", NO_RESOURCE_SERVER),
  none("10.4.1", "Redirect addresses", NO_AUTHORIZATION_SERVER),
  none("10.4.2", "Codes work once", NO_AUTHORIZATION_SERVER),
  none("10.4.3", "Codes live briefly", NO_AUTHORIZATION_SERVER),
  none("10.4.4", "Grants", NO_AUTHORIZATION_SERVER),
  none("10.4.5", "Refresh tokens of public clients", NO_AUTHORIZATION_SERVER),
  none("10.4.6", "PKCE is demanded", NO_AUTHORIZATION_SERVER),
  none("10.4.7", "Registration of clients", NO_AUTHORIZATION_SERVER),
  none("10.4.8", "Refresh tokens end", NO_AUTHORIZATION_SERVER),
  none("10.4.9", "Tokens can be revoked", NO_AUTHORIZATION_SERVER),
  none("10.4.10", "Clients prove themselves", NO_AUTHORIZATION_SERVER),
  none("10.4.11", "Scopes are few", NO_AUTHORIZATION_SERVER),
  met("10.5.1", "An ID token counts once", issuer("a second time"), issuer("with the nonce of another sign-in")),
  met(
    "10.5.2",
    "Somebody is who the subject says",
    issuer("an operator who is there already, by an address in a domain that the issuer vouches for; once"),
  ),
  met("10.5.3", "A document is of the issuer that was set", issuer("named by a document of another issuer")),
  met(
    "10.5.4",
    "A token is for this client",
    issuer("a token that is not the issuer's for this console lets nobody in"),
  ),
  none("10.5.5", "Back-channel logout", "No endpoint takes logout tokens; sessions end by the console's own rules."),
  none("10.6.1", "Response modes", NO_PROVIDER),
  none("10.6.2", "Forced logout", NO_PROVIDER),
  none("10.7.1", "Consent", NO_AUTHORIZATION_SERVER),
  none("10.7.2", "What consent is for", NO_AUTHORIZATION_SERVER),
  none("10.7.3", "Consent is taken back", NO_AUTHORIZATION_SERVER),

  met("11.1.1", "How keys are made, kept and changed is written down", page("docs/data-and-keys.md", "Keys")),
  met("11.1.2", "So is all cryptography", page("docs/data-and-keys.md", "Cryptography"), inventory),
  met("11.2.1", "None of it is our own", inventory),
  met(
    "11.2.2",
    "Algorithms and keys can be exchanged: what is stored names its format",
    rotation("seals every secret with a new key; what follows from the old one stays what it is"),
    rotation("every column with sealed bytes is known to the rotation"),
    page("docs/data-and-keys.md", "Keys"),
  ),
  accepted(
    "11.2.3",
    "128 bits everywhere",
    CONTRACT_SHA1,
    inventory,
    testsOf("lib/core/webhooks/webhook-secret.test.ts")(
      "signs id, time and the body as it is sent, of deliveries and of pings, beside the signature of the original",
    ),
    testsOf("test/contract/transport.test.ts")(
      "a replay at another process is refused, at once and after a restart; racing copies let one through",
    ),
    page("docs/decisions/0129-what-asvs-asks-and-the-product-does-otherwise.md", "Accepted"),
  ),
  met("11.3.1", "No weak modes", inventory),
  met("11.3.2", "Approved ciphers: AES-256-GCM", inventory),
  met(
    "11.3.3",
    "What is sealed cannot be changed",
    secrets("what was changed, moved to another place or sealed under another key opens for nobody"),
  ),
  accepted(
    "11.4.1",
    "Approved hashes",
    CONTRACT_SHA1,
    inventory,
    testsOf("lib/core/webhooks/webhook-secret.test.ts")(
      "signs id, time and the body as it is sent, of deliveries and of pings, beside the signature of the original",
    ),
    testsOf("test/contract/transport.test.ts")(
      "a replay at another process is refused, at once and after a restart; racing copies let one through",
    ),
    page("docs/decisions/0129-what-asvs-asks-and-the-product-does-otherwise.md", "Accepted"),
  ),
  met(
    "11.4.2",
    "Passwords are hashed slowly: argon2id, 19 MiB, two passes",
    testsOf("test/security/password-fields.test.ts")("are stored as argon2id with the parameters that are recommended"),
  ),
  accepted(
    "11.4.3",
    "Hashes in signatures have 256 bits",
    CONTRACT_SHA1,
    inventory,
    testsOf("lib/core/webhooks/webhook-secret.test.ts")(
      "signs id, time and the body as it is sent, of deliveries and of pings, beside the signature of the original",
    ),
    testsOf("test/contract/transport.test.ts")(
      "a replay at another process is refused, at once and after a restart; racing copies let one through",
    ),
    page("docs/decisions/0129-what-asvs-asks-and-the-product-does-otherwise.md", "Accepted"),
  ),
  met(
    "11.4.4",
    "Keys from passphrases are made slowly: scrypt, 128 MiB for each guess",
    testsOf("server/backup/backup.test.ts")("another passphrase is refused"),
    inventory,
  ),
  met(
    "11.5.1",
    "Secrets are random, with 128 bits and more",
    source("chance that matters comes from the system's generator"),
    inventory,
  ),
  met(
    "11.6.1",
    "Approved signatures: Ed25519",
    audit("show seals that were written anew for changed entries, without the master key"),
    inventory,
  ),

  none("12.1.1", "TLS 1.2 and newer", PROXY_TLS),
  none("12.1.2", "Ciphers of TLS", PROXY_TLS),
  none("12.1.3", "Client certificates", "Nobody signs in by one."),
  met(
    "12.2.1",
    "No falling back from https",
    testsOf("lib/console/request.test.ts")("a request came in clear although the console's address is https"),
    testsOf("lib/http/strict-transport.test.ts")(
      "https alone is demanded for the time to come where the console's address has it",
    ),
  ),
  none("12.2.2", "Trusted certificates", PROXY_TLS),
  met(
    "12.3.1",
    "Every connection that leaves the machine is encrypted: the start demands it where the installation says so, and `doctor` names what is not",
    testsOf("lib/unencrypted.test.ts")("%s: %s crosses a network in the clear, %s does not"),
    testsOf("lib/unencrypted.test.ts")("everything on this machine alone is in the clear to nobody"),
    outbound("where TLS is required nothing is sent by http"),
    page("docs/data-and-keys.md", "Connections"),
  ),
  met(
    "12.3.2",
    "Certificates are checked",
    source("no certificate is taken unseen"),
    outbound("TLS asks for the name of the URL, not for the address"),
  ),
  none("12.3.3", "TLS between inner services", ONE_PROCESS_TREE),
  none("12.3.4", "Certificates of inner services", ONE_PROCESS_TREE),

  met("13.1.1", "Whom the product talks to is written down", page("docs/data-and-keys.md", "Connections")),
  met(
    "13.2.1",
    "Backends need not know each other by lasting passwords: PostgreSQL takes a client certificate",
    testsOf("test/installations/postgres.installations.ts")(
      "a client certificate stands in for the password of the running role",
    ),
    testsOf("lib/embedded-postgres/open-embedded-postgres.test.ts")(
      "the database opens with a new password when the file of the old one %s",
    ),
  ),
  met(
    "13.2.2",
    "With as few rights as they need: running processes read and write, and cannot change the audit log",
    testsOf("lib/db/runtime-role.test.ts")("is refused: %s"),
    testsOf("lib/embedded-postgres/open-embedded-postgres.test.ts")(
      "the product's own role signs in to its database alone, reads nothing that it was not granted, and makes nothing",
    ),
    testsOf("server/installation/database-roles.test.ts")(
      "works as it did, and `doctor` says what the role could do, with the way to two",
    ),
  ),
  met(
    "13.2.3",
    "No default credentials",
    testsOf("lib/embedded-postgres/open-embedded-postgres.test.ts")(
      "first starts at the same moment make one cluster, in UTF-8 and UTC, with a password only its owner can read",
    ),
  ),
  met(
    "13.2.4",
    "A list of whom the product may talk to, where the installation makes one",
    outbound("where hosts are named no other is asked, nor looked up"),
    page("docs/data-and-keys.md", "Connections"),
  ),
  met("13.2.5", "And of what the server may load", outbound("where hosts are named no other is asked, nor looked up")),
  met(
    "13.3.1",
    "Secrets are sealed or kept outside",
    testsOf("lib/core/apps/create-app.test.ts")(
      "a new app is on free, with a Development environment whose stored secret opens to the one shown",
    ),
    testsOf("server/installation/master-key.test.ts")("never gets a new key: what to restore is said in a sentence"),
    page("docs/data-and-keys.md", "Keys"),
  ),
  met(
    "13.3.2",
    "Few may see them",
    appKeys("support and viewer can neither reveal nor refresh"),
    testsOf("lib/core/webhooks/webhook-secret.test.ts")(
      "is shown and rotated by admins alone, and both are audited without it",
    ),
  ),
  met("13.4.1", "No .git is served", served),
  met(
    "13.4.2",
    "No debugging in production",
    env("nothing set gives every default"),
    testsOf("lib/http/browser-policy.test.ts")("compiles in the browser with reload alone"),
  ),
  met("13.4.3", "No directories are listed", served),
  met(
    "13.4.4",
    "No TRACE",
    http("%s is refused with those that are not"),
    testsOf("e2e/strangers.spec.ts")("both ports answer to their own names and methods alone"),
  ),
  met(
    "13.4.5",
    "Metrics and descriptions are shown on purpose",
    env("metrics may be served on a port of this machine, at any address, or nowhere"),
    page("docs/operations.md", "Metrics"),
  ),

  met(
    "14.1.1",
    "Data are sorted by how much they matter",
    page("docs/data-and-keys.md", "Data"),
    testsOf("lib/core/user-data/user-data.test.ts")("knows every table and column of the schema"),
  ),
  met("14.1.2", "And what protects each sort is written down", page("docs/data-and-keys.md", "Data")),
  accepted(
    "14.2.1",
    "Nothing sensitive stands in an address",
    "Sessions and tokens never do. One-time links carry their secret there, as links in mails must; searches for people stand in the console's addresses, to be shared and gone back to; webhooks' signatures do by the contract.",
    testsOf("lib/core/operators/password-link.test.ts")(
      "sets it once: the old password, all sessions and the link itself are out, which the audit log tells",
    ),
    testsOf("lib/core/operators/first-owner.test.ts")("works for a day"),
    testsOf("lib/http/browser-policy.test.ts")("no other site opens, embeds or is told of an answer"),
  ),
  met(
    "14.2.2",
    "No cache keeps it",
    doors("answers JSON that nobody caches; of a repeated name the first value counts"),
    testsOf("e2e/strangers.spec.ts")("what only a session may see is kept by no cache"),
  ),
  met(
    "14.2.3",
    "It goes to nobody else",
    testsOf("lib/http/browser-policy.test.ts")(
      "runs scripts by the answer's nonce alone, and loads nothing from elsewhere",
    ),
    testsOf("lib/core/avatars/pictures.test.ts")(
      "has the type of its bytes, whatever the host calls it, and is fetched once for everybody",
    ),
  ),
  met(
    "14.2.4",
    "What is written about it is done",
    testsOf("lib/core/user-data/user-data.test.ts")("is what the list keeps, and nothing of anybody else is touched"),
    testsOf("lib/core/factors/factors.test.ts")(
      "its secret and the recovery codes are stored so that the database alone gives none of them",
    ),
    testsOf("lib/core/retention/retention.test.ts")(
      "that are older than the rule go, an entry and a seal say so, and what is left is still found to be whole",
    ),
    testsOf("server/sweepers.test.ts")(
      "failed sign-ins of days ago and sessions that ended long ago are forgotten, without anybody signing in",
    ),
  ),
  met(
    "14.3.1",
    "A browser forgets after the session",
    testsOf("lib/http/browser-policy.test.ts")("what was kept of a session is forgotten on the page behind its end"),
  ),
  met(
    "14.3.2",
    "Pages are not kept by browsers",
    doors("answers JSON that nobody caches; of a repeated name the first value counts"),
    testsOf("e2e/strangers.spec.ts")("what only a session may see is kept by no cache"),
  ),
  accepted(
    "14.3.3",
    "A browser's storage holds nothing sensitive",
    "Until the session ends it holds ids of users looked at lately, what is ticked, and what was typed before a reload, so that no work is lost; passwords, secrets and people's names never.",
    testsOf("e2e/sign-in.spec.ts")("signing out empties what the browser has stored, but for how it shows pages"),
    testsOf("lib/http/browser-policy.test.ts")("what was kept of a session is forgotten on the page behind its end"),
  ),

  met(
    "15.1.1",
    "How soon holes in packages are mended is written down",
    page("SECURITY.md", "Which versions get mends"),
  ),
  met(
    "15.1.2",
    "What is shipped is listed",
    packages("names every package that is shipped, with its checksum, and none of development"),
    testsOf("test/lockfile.test.ts")(
      "has a checksum of every package, of other platforms' too (mend with `npm run lockfile`)",
    ),
  ),
  met(
    "15.1.3",
    "So is what is costly",
    page("docs/decisions/0071-bulk-acts-are-jobs.md", "71. An act on many users is a job, on a few it is done at once"),
    page("docs/decisions/0101-guesses-of-strangers.md", "101. What strangers' guesses may cost, and whom"),
    page("docs/decisions/0037-exports-are-streams.md", "37. An export is a stream, not a job"),
  ),
  met(
    "15.2.1",
    "No package is left with a hole for longer than written: advisories are asked before a release and with each commit",
    page("SECURITY.md", "Which versions get mends"),
    packages("a wrong or missing signature, and a known hole, are findings"),
    packages("a registry that does not answer is no finding, and never passes for a check"),
  ),
  met(
    "15.2.2",
    "What is costly keeps nobody waiting",
    testsOf("lib/core/bulk/bulk-jobs.test.ts")("ten users of one environment do not wait for the thousands of another"),
    testsOf("lib/core/exports/export-list.test.ts")(
      "holds one page at a time, and stops when it is not taken any more",
    ),
    testsOf("lib/core/operators/strangers.test.ts")("whoever is known waits for no stranger"),
  ),
  met(
    "15.2.3",
    "Nothing of development is in production",
    packages("names every package that is shipped, with its checksum, and none of development"),
    testsOf("lib/core/operators/test-operators.test.ts")(
      "is refused where the installation does not allow it, and without an owner’s token of the scope",
    ),
  ),
  met(
    "15.3.1",
    "Only what is needed is returned",
    leastPrivilege("sees operators without their addresses, and no invitations; oneself with the own one"),
  ),
  met(
    "15.3.2",
    "No redirects are followed",
    outbound("a redirect is an answer like any other and is not followed"),
    testsOf("lib/core/avatars/pictures.test.ts")("is found behind a redirect, whose address is checked like the first"),
  ),
  met(
    "15.3.3",
    "Fields that are not asked for change nothing",
    testsOf("test/contract/checklist.test.ts")("unknown fields are ignored"),
    testsOf("test/console-actions.test.ts")("each of its fields is refused as wrong whatever stands in it"),
  ),
  met(
    "15.3.4",
    "Whose address it is comes from whom we trust",
    clientAddress("is the socket's while no proxy is trusted, whatever a header claims"),
    transport("whose call it was stands in the audit log by the rule of every door"),
  ),
  met(
    "15.3.5",
    "Types are checked",
    hostile("the Server API"),
    doors("called with what is no plain data, it is refused as wrong input"),
  ),
  met(
    "15.3.6",
    "No prototype is polluted",
    hostile("the Server API"),
    hostile("the gateway"),
    testsOf("test/console-actions.test.ts")("whatever is sent is refused as wrong, never met as a fault of ours"),
  ),
  met(
    "15.3.7",
    "Repeated parameters mean one thing",
    doors("answers JSON that nobody caches; of a repeated name the first value counts"),
    transport("the plain header wins over its RC- form"),
  ),

  met("16.1.1", "What is logged, where, and for how long is written down", page("docs/data-and-keys.md", "Logs")),
  met(
    "16.2.1",
    "Entries say who, what, when, where from",
    transport("one log line for each request: request id, App Key, endpoint, code, time; no token, no signature"),
    transport("whose call it was stands in the audit log by the rule of every door"),
  ),
  met("16.2.2", "In UTC", testsOf("lib/log.test.ts")("a line says when it was written")),
  met(
    "16.2.3",
    "Logs go where it is written",
    launcher("says who wrote other lines"),
    page("docs/data-and-keys.md", "Logs"),
  ),
  met(
    "16.2.4",
    "As JSON lines",
    launcher("leaves log lines as they are for programs and makes them readable for people"),
    testsOf("lib/server-api/request-log.test.ts")("%s is what the logger would have written"),
  ),
  met(
    "16.2.5",
    "Without secrets",
    env("a value is never repeated where it is a secret"),
    signIn("what was typed as a password is nowhere in the audit log"),
    transport("one log line for each request: request id, App Key, endpoint, code, time; no token, no signature"),
  ),
  met(
    "16.3.1",
    "Every sign-in and every failed one",
    signIn("opens a session that counts, whatever the case of the e-mail address, and is audited"),
    testsOf("lib/core/operators/strangers.test.ts")(
      "writes ever fewer entries about addresses that nobody has, which say how many there were",
    ),
  ),
  met(
    "16.3.2",
    "Every refused act",
    doors("called directly by a role that may not, it is refused and audited, whatever the input"),
    testsOf("lib/console/refusal.test.ts")(
      "records in the environment's audit log what a role may not do, under the request's id",
    ),
  ),
  met(
    "16.3.3",
    "Attempts to get around",
    securityEvents("are summed up by source and hour: very many cost a few entries, which say how many there were"),
    securityEvents("have links that were never made, of invitations and passwords together, from the fifth on"),
    securityEvents("have an environment's wrong signatures in its own log, and their filter shows nothing else"),
  ),
  met(
    "16.3.4",
    "Faults of ours",
    testsOf("lib/server-api/request-log.test.ts")("that failed by our fault is an error with its cause"),
    http("a door that fails ends its connection and is logged; the next request is answered"),
  ),
  met(
    "16.4.1",
    "Nobody writes a line of the log",
    launcher("what a stranger has a library print never passes for a line of the log"),
    launcher("nothing that was printed moves the cursor, colours, reorders or begins a line"),
  ),
  met(
    "16.4.2",
    "Nobody changes one unseen",
    audit("show that an entry was changed: %s"),
    audit("show which entries were deleted, in the middle and at the end"),
  ),
  met(
    "16.4.3",
    "Logs are sent elsewhere",
    auditStream("seal by seal in order, signed, with the hashes that the seals have, and once"),
    auditStream("by another process when one is killed before the answer: to the address and the file at least once"),
    page("docs/operations.md", "The audit log"),
  ),
  met(
    "16.5.1",
    "Faults tell callers nothing",
    transport("a fault of ours is 500 with code 1000, says nothing about itself, and is logged with its stack"),
    doors("wrong input names its field; a fault of ours shows nothing but the request's id"),
  ),
  met(
    "16.5.2",
    "What is away stops nothing else",
    testsOf("test/faults/database.faults.ts")(
      "every call is answered in time, no acknowledged change is lost, and the processes live on",
    ),
    testsOf("lib/core/webhooks/webhook-worker.test.ts")("does not hold up another environment's events"),
    issuer("an issuer that is away, silent or no issuer holds nobody up, and is told as what it is"),
  ),
  met(
    "16.5.3",
    "What fails lets nobody in",
    testsOf("lib/http/allow-from.test.ts")(
      "a change acts within two seconds; what cannot be read leaves what was read, and lets nobody in before",
    ),
    testsOf("lib/core/command/execute.test.ts")(
      "a commit that never arrived is answered as failed, and nothing was done",
    ),
  ),

  none("17.1.1", "TURN servers", NO_WEBRTC),
  none("17.2.1", "Keys of DTLS", NO_WEBRTC),
  none("17.2.2", "Ciphers of DTLS", NO_WEBRTC),
  none("17.2.3", "Proof of SRTP", NO_WEBRTC),
  none("17.2.4", "Malformed SRTP", NO_WEBRTC),
  none("17.3.1", "Floods of signaling", NO_WEBRTC),
  none("17.3.2", "Malformed signaling", NO_WEBRTC),
];
