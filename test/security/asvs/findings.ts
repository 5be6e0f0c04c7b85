import { met, type Row, testsOf } from "./row";

const answers = testsOf("lib/outbound/answer-shapes.test.ts");
const account = testsOf("lib/core/operators/account.test.ts");
const browser = testsOf("lib/http/browser-policy.test.ts");
const clientAddress = testsOf("lib/http/client-address.test.ts");
const databaseRoles = testsOf("server/installation/database-roles.test.ts");
const cutOffs = testsOf("lib/gateway/cut-offs.test.ts");
const factors = testsOf("lib/core/factors/factors.test.ts");
const fresh = testsOf("lib/core/operators/fresh-proof.test.ts");
const http = testsOf("lib/http/http-server.test.ts");
const issuer = testsOf("lib/console/issuer-door.test.ts");
const launcher = testsOf("server/launcher/launcher.test.ts");
const leastPrivilege = testsOf("lib/core/operators/least-privilege.test.ts");
const lockfile = testsOf("test/lockfile.test.ts");
const packages = testsOf("test/shipped-packages.test.ts");
const passwordLink = testsOf("lib/core/operators/password-link.test.ts");
const passwords = testsOf("lib/core/operators/choose-password.test.ts");
const pictures = testsOf("lib/core/avatars/pictures.test.ts");
const places = testsOf("lib/gateway/handshake-places.test.ts");
const runtimeRole = testsOf("lib/db/runtime-role.test.ts");
const securityEvents = testsOf("lib/core/security-events/security-events.test.ts");
const sessions = testsOf("lib/core/operators/sessions.test.ts");
const strangers = testsOf("lib/core/operators/strangers.test.ts");
const webhookSecret = testsOf("lib/core/webhooks/webhook-secret.test.ts");

/** What fell short when the product was attacked, and what shows that it does no more. */
export const FINDINGS: readonly Row[] = [
  met(
    "S1",
    "A receiver's answer of any shape ends in time",
    answers("a request ends in time"),
    answers("a reset in the middle of the body"),
    answers("a TLS alert, and a receiver that never shakes hands"),
    testsOf("lib/core/webhooks/deliver-pending.test.ts")(
      "that is answered by switching protocols fails like any other, and the next ones go on",
    ),
  ),
  met(
    "S2",
    "A second factor, passkeys, an issuer",
    factors("is asked for after the right password and opens a session, which the audit log tells"),
    factors("signs in by itself, also while strangers lock the address, and its answer works once"),
    factors("holds from its day on, in sessions that are open as well, until one is set up; the last one stays"),
    issuer("are those of now at each sign-in, the highest of several; without one the sessions end"),
    issuer(
      "an owner cannot lock themselves out; passwords are refused; the command line lets one owner in for an hour",
    ),
  ),
  met(
    "S3",
    "Strangers write no log line",
    launcher("what a stranger has a library print never passes for a line of the log"),
    launcher("nothing that was printed moves the cursor, colours, reorders or begins a line"),
    testsOf("e2e/strangers.spec.ts")("nobody has the console fetch or print an address: there is no image optimiser"),
  ),
  met(
    "S4",
    "One rule for whose address it is",
    clientAddress("an entry as a proxy writes it is an address or nothing"),
    testsOf("lib/http/forwarded.test.ts")("of a request that no trusted proxy has handed on, no claim is left"),
    testsOf("test/contract/transport.test.ts")("whose call it was stands in the audit log by the rule of every door"),
    testsOf("lib/gateway/handshake.test.ts")(
      "who connects is known by the rule of every door, whatever a header claims",
    ),
  ),
  met(
    "S5",
    "Strangers lock no operator out",
    strangers("do not keep a browser out that has signed in before, and that browser is locked by its own failures"),
    strangers(
      "do not keep the operator from changing the password; whoever is signed in is locked by their own failures",
    ),
    strangers("are unlocked by another owner and on the command line, which the audit log says"),
  ),
  met(
    "S6",
    "Guesses from anywhere have a budget",
    strangers("is locked after thirty failures, in whatever /64, and known browsers in it are not"),
    strangers("of any number of guesses at once a process holds sixty-four, and refuses the rest at once"),
    strangers("writes ever fewer entries about addresses that nobody has, which say how many there were"),
  ),
  met(
    "S7",
    "Passwords that are easy to guess are refused",
    passwords("a password that is easy to guess"),
    passwords("opens nothing: every way to set a password refuses it at its field, and nothing else is done"),
  ),
  met(
    "S8",
    "Pictures come through the product",
    pictures("has the type of its bytes, whatever the host calls it, and is fetched once for everybody"),
    pictures("%s is none, and the host is not asked again at once"),
    browser("runs scripts by the answer's nonce alone, and loads nothing from elsewhere"),
  ),
  met(
    "S9",
    "A content policy and its companions",
    browser("runs scripts by the answer's nonce alone, and loads nothing from elsewhere"),
    testsOf("lib/http/strict-transport.test.ts")(
      "https alone is demanded for the time to come where the console's address has it",
    ),
    testsOf("test/contract/transport.test.ts")("every answer says that its type is what it says"),
    testsOf("lib/http/other-site.test.ts")("%s is refused"),
  ),
  met(
    "S10",
    "New secrets and dead tokens can cut connections",
    cutOffs(
      "an operator who asks for it also disconnects whose tokens are invalidated, across processes, and nobody else",
    ),
    cutOffs("a new App Secret disconnects everybody of the environment where that is asked for, and says how many"),
  ),
  met(
    "S11",
    "Webhooks are signed with their body and a secret of their own",
    webhookSecret(
      "signs id, time and the body as it is sent, of deliveries and of pings, beside the signature of the original",
    ),
    webhookSecret("is rotated with an overlap in which both sign, and then the new one alone"),
  ),
  met(
    "S12",
    "Silent sockets take no place from others",
    places("when all places are taken the one that has been silent longest gives way, and nobody who speaks"),
    places("an address has what it may open in four seconds, and its place back when a socket leaves"),
  ),
  met(
    "S13",
    "Ports open to who was told, by names that are known, for passwords over https",
    testsOf("lib/env.test.ts")("nothing set gives every default"),
    launcher("is said in one sentence, with what to set, as long as other machines do not"),
    testsOf("lib/http/known-hosts.test.ts")("names are added one by one, all below one, or any"),
    testsOf("lib/console/request.test.ts")("a request came in clear although the console's address is https"),
  ),
  met(
    "S14",
    "Some acts take a fresh proof",
    fresh(
      "every permission that takes it is refused, to the highest role; with one, with a token's own rules, and to test operators it is not asked",
    ),
    fresh("the use cases themselves refuse, whatever the door asked before, and nothing is done"),
  ),
  met(
    "S15",
    "Sessions end, passwords return, operators go",
    account("one ends and the others go on; a second time it has ended already"),
    account("the account and its sessions are gone, the address is free, and the audit log keeps the name"),
    factors("sessions last as long as the rules say, those that are open as well"),
    passwordLink("sets it once: the old password, all sessions and the link itself are out, which the audit log tells"),
    passwordLink("in a new browser is told to the sessions from before until it was seen, and not to the new one"),
    sessions("everywhere ends all of one's own sessions and nobody else's"),
  ),
  met(
    "S16",
    "Security events are in the audit log",
    securityEvents("are summed up by source and hour: very many cost a few entries, which say how many there were"),
    securityEvents("have an environment's wrong signatures in its own log, and their filter shows nothing else"),
    testsOf("lib/core/exports/export-list.test.ts")(
      "is audited with what was asked for, needs an admin, and is of a list there is",
    ),
  ),
  met(
    "S17",
    "Nobody changes the audit log unseen, and the running product not at all",
    runtimeRole("is refused: %s"),
    runtimeRole(
      "removes what the owners' rule lets go and no more, also with the rule and the seal forged; and that shows",
    ),
    databaseRoles("a running role that could change the audit log all the same is refused: %s"),
    databaseRoles("is brought over when it opens, after a crash in the middle too, and keeps what it has"),
    testsOf("lib/core/audit/seal-entries.test.ts")("show which entries were deleted, in the middle and at the end"),
    testsOf("server/commands/exported-log.test.ts")(
      "shows that the log was set back to an earlier state since, seals and all",
    ),
    testsOf("lib/core/audit-stream/audit-stream.test.ts")(
      "by another process when one is killed before the answer: to the address and the file at least once",
    ),
  ),
  met(
    "S18",
    "Every text is looked at once, at the door",
    http("the path %s is no text"),
    testsOf("lib/core/input/text.test.ts")("contain nothing that nobody sees: %s"),
    testsOf("test/contract/hostile-input.test.ts")("the Server API"),
    testsOf("test/console-actions.test.ts")("whatever is sent is refused as wrong, never met as a fault of ours"),
  ),
  met(
    "S19",
    "Whoever only looks on sees less, and a browser forgets",
    leastPrivilege("sees operators without their addresses, and no invitations; oneself with the own one"),
    leastPrivilege("sees a webhook's host, and not what may be secret in its address, in the audit log neither"),
    browser("what was kept of a session is forgotten on the page behind its end"),
  ),
  met(
    "S20",
    "Reading has a budget, and one request is one job",
    testsOf("lib/console/read-budget.test.ts")(
      "a session has so many reads in a minute, each its own, and all of them again in the next",
    ),
    testsOf("lib/core/deletion/deletion.test.ts")(
      "one request that is sent six times starts one job; another, and the same once it is over, start their own",
    ),
  ),
  met(
    "S21",
    "Every package has its checksum",
    lockfile("has a checksum of every package, of other platforms' too (mend with `npm run lockfile`)"),
    packages("names every package that is shipped, with its checksum, and none of development"),
  ),
];
