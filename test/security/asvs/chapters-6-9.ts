import { accepted, met, none, page, type Row, testsOf } from "./row";

const access = testsOf("lib/core/operators/access.test.ts");
const accessTokens = testsOf("lib/core/tokens/tokens.test.ts");
const account = testsOf("lib/core/operators/account.test.ts");
const checklist = testsOf("test/contract/checklist.test.ts");
const cookies = testsOf("lib/console/session-cookie.test.ts");
const doors = testsOf("lib/console/doors.test.ts");
const factors = testsOf("lib/core/factors/factors.test.ts");
const fresh = testsOf("lib/core/operators/fresh-proof.test.ts");
const handshake = testsOf("lib/gateway/handshake.test.ts");
const issuer = testsOf("lib/console/issuer-door.test.ts");
const leastPrivilege = testsOf("lib/core/operators/least-privilege.test.ts");
const operators = testsOf("lib/core/operators/operators.test.ts");
const passwordFields = testsOf("test/security/password-fields.test.ts");
const passwordLink = testsOf("lib/core/operators/password-link.test.ts");
const passwords = testsOf("lib/core/operators/choose-password.test.ts");
const permissions = testsOf("lib/core/permissions.test.ts");
const sessions = testsOf("lib/core/operators/sessions.test.ts");
const signIn = testsOf("lib/core/operators/sign-in.test.ts");
const strangers = testsOf("lib/core/operators/strangers.test.ts");

const GUESSES = page("docs/decisions/0101-guesses-of-strangers.md", "101. What strangers' guesses may cost, and whom");
const PASSWORDS = page("docs/decisions/0100-what-a-password-must-withstand.md", "100. What a password must withstand");
const FACTORS = page("docs/decisions/0102-second-factors.md", "102. Second factors");
const LOST = page("docs/decisions/0102-second-factors.md", "Who has lost what");
const SESSIONS = page(
  "docs/decisions/0104-how-sessions-end-and-passwords-return.md",
  "104. How sessions end, and how lost passwords return",
);
const ISSUER = page("docs/decisions/0125-sign-in-with-an-openid-issuer.md", "125. Signing in with an OpenID issuer");
const GRANTS = page("docs/decisions/0105-roles-in-single-environments.md", "105. Roles in single environments");

export const CHAPTERS_6_TO_9: readonly Row[] = [
  met("6.1.1", "How guessing is slowed down, and why nobody is locked out, is written down", GUESSES),
  met("6.1.2", "So are the words that a password may not lean on", PASSWORDS),
  met("6.1.3", "So are the ways in, and how strong each is", FACTORS, ISSUER),
  met("6.2.1", "At least 12 characters", passwords("a password that is easy to guess")),
  met(
    "6.2.2",
    "Operators change their passwords",
    sessions("keeps this session, ends the others, and only the new password signs in"),
  ),
  met(
    "6.2.3",
    "That takes the one from before",
    sessions("asks for the current password, and guessing it is slowed down"),
  ),
  met("6.2.4", "None of the common ones", passwords("a password that is easy to guess")),
  met("6.2.5", "Any characters", passwords("what a manager makes and what three words make is not one")),
  met(
    "6.2.6",
    "Password fields are masked",
    passwordFields("are masked, and say to browsers and managers which password they take"),
  ),
  met("6.2.7", "Paste and managers are welcome", passwordFields("take what is pasted")),
  met(
    "6.2.8",
    "A password is taken as it is typed",
    testsOf("lib/core/input/text.test.ts")("a password is taken as it is typed"),
    passwords("of 128 characters is taken, and each of them counts"),
  ),
  met("6.2.9", "64 characters and more", passwords("of 128 characters is taken, and each of them counts")),
  met(
    "6.2.10",
    "Passwords do not expire",
    passwords("goes on opening the account of those who have had it from before"),
    PASSWORDS,
  ),
  met("6.2.11", "No words of the product or the person", passwords("a password that is easy to guess")),
  met(
    "6.2.12",
    "None that was breached: 49,000 that breaches made common are bundled, and no service is asked",
    passwords("opens nothing: every way to set a password refuses it at its field, and nothing else is done"),
  ),
  met(
    "6.3.1",
    "Guessing is slowed down as written",
    signIn("the fifth failure locks for 30 seconds, the next ones twice as long up to 15 minutes, and the lock ends"),
    strangers("do not keep a browser out that has signed in before, and that browser is locked by its own failures"),
    strangers("is locked after thirty failures, in whatever /64, and known browsers in it are not"),
  ),
  met(
    "6.3.2",
    "No default accounts",
    testsOf("lib/core/operators/first-owner.test.ts")("makes one owner, who can sign in, and is used up"),
  ),
  met(
    "6.3.3",
    "More than one factor, of every role from two weeks after somebody has set the installation up",
    testsOf("lib/core/operators/first-owner.test.ts")(
      "demands second factors of every role from two weeks later on, which owners see and may change",
    ),
    factors("holds from its day on, in sessions that are open as well, until one is set up; the last one stays"),
    factors("signs in by itself, also while strangers lock the address, and its answer works once"),
  ),
  met(
    "6.3.4",
    "No way in beside those",
    testsOf("e2e/sign-in.spec.ts")("there is one door, and no call around the form has other rules"),
    issuer("the issuer's counts where it says so by a value that the settings take; otherwise the role's rule holds"),
    testsOf("lib/core/operators/test-operators.test.ts")(
      "is refused where the installation does not allow it, and without an owner’s token of the scope",
    ),
  ),
  met(
    "6.4.1",
    "First secrets are random, short-lived, used once",
    operators("the link makes an operator with the role it was made for, once"),
    operators("works for seven days"),
  ),
  none("6.4.2", "Hints and secret questions", "There are none."),
  met(
    "6.4.3",
    "A lost password comes back without passing the second factor",
    factors("is asked for all the same after a lost password came back by a link"),
    passwordLink("that is guessed, late, replaced, or of a disabled operator sets nothing"),
    testsOf("lib/core/mail/mail.test.ts")("goes to whoever has the address, works once, and signs in"),
  ),
  met(
    "6.4.4",
    "A lost factor is replaced by whoever knows the person",
    LOST,
    factors("of another operator is an owner's, and of oneself by hand only"),
  ),
  met(
    "6.5.1",
    "Codes work once",
    factors("of any number of the same code at once, and of its neighbours before, one is taken"),
    factors("stand in for a lost factor once each, however they are typed; new ones take the place of the old"),
  ),
  met(
    "6.5.2",
    "Recovery codes are hashed: they have 118 random bits, so that a keyed SHA-256 is enough",
    factors("have more than 112 random bits"),
    factors("its secret and the recovery codes are stored so that the database alone gives none of them"),
  ),
  met(
    "6.5.3",
    "Codes and seeds are random",
    testsOf("test/security/source.test.ts")("chance that matters comes from the system's generator"),
  ),
  met(
    "6.5.4",
    "Recovery codes cannot be guessed",
    factors(
      "guesses are counted for the operator, however often the password is sent again, and known ones do not unlock",
    ),
  ),
  accepted(
    "6.5.5",
    "A code of an app lives 30 seconds",
    "It counts for 10 seconds before and after, 50 in all: phones' clocks are off by some seconds, and a code that ends while it is typed would be refused to every fourth.",
    testsOf("lib/core/factors/codes.test.ts")(
      "a code counts for ten seconds before its time and after it, and no longer",
    ),
    factors("of any number of the same code at once, and of its neighbours before, one is taken"),
  ),
  none("6.6.1", "Codes by phone", "No code is sent by phone or SMS."),
  none("6.6.2", "Codes on another way belong to one request", "No sign-in uses codes sent on another way."),
  none("6.6.3", "Codes on another way cannot be guessed", "No sign-in uses codes sent on another way."),
  met("6.8.1", "One issuer does not speak for another", issuer("named by a document of another issuer"), ISSUER),
  met(
    "6.8.2",
    "What an issuer says is signed",
    issuer("a token that is not the issuer's for this console lets nobody in"),
    issuer("signed by another key"),
  ),
  none("6.8.3", "SAML", "There is no SAML."),
  met(
    "6.8.4",
    "How somebody proved themselves there is looked at",
    issuer("the issuer's counts where it says so by a value that the settings take; otherwise the role's rule holds"),
    issuer("is none of somebody else, and none that was given before"),
  ),

  met("7.1.1", "How long sessions last is written down", SESSIONS),
  met("7.1.2", "So is how many there may be", page("docs/data-and-keys.md", "Sessions")),
  met("7.1.3", "So is how they and an issuer's go together", ISSUER, page("docs/data-and-keys.md", "Sessions")),
  met("7.2.1", "The server decides about a session", sessions("an invented session is none")),
  met(
    "7.2.2",
    "Sessions are made anew each time",
    passwordLink("again in the same browser takes the place of the session there, and of no other"),
  ),
  met(
    "7.2.3",
    "They cannot be guessed: a random number, sealed with a key of 256 bits",
    cookies("gives back the session's id, to the installation that made it only"),
    cookies("%j is nobody's session"),
  ),
  met(
    "7.2.4",
    "Signing in ends the session before",
    passwordLink("again in the same browser takes the place of the session there, and of no other"),
  ),
  met("7.3.1", "Idle sessions end", sessions("ends after 12 hours idle, and polling does not keep it alive")),
  met(
    "7.3.2",
    "All sessions end",
    sessions("a page keeps it alive, for 30 days in any case"),
    factors("sessions last as long as the rules say, those that are open as well"),
  ),
  met(
    "7.4.1",
    "What has ended works no more",
    sessions("ends this session and no other"),
    testsOf("e2e/sign-in.spec.ts")("signing out ends the session"),
  ),
  met(
    "7.4.2",
    "Disabling somebody ends theirs",
    sessions("disabling ends every session at once; enabling does not bring them back"),
  ),
  met(
    "7.4.3",
    "A new password can end the others",
    sessions("keeps this session, ends the others, and only the new password signs in"),
    passwordLink("everywhere else is ended by one act, which leaves the session that asks"),
  ),
  met(
    "7.4.4",
    "Signing out is in every page's menu",
    testsOf("e2e/accessibility.spec.ts")("the frame: palette, menus, quota"),
    page("docs/console-dialogs.md", "menu Your account"),
  ),
  met(
    "7.4.5",
    "Owners end others' sessions",
    sessions("only an owner signs another operator out"),
    account("owners see and end those of others; nobody else does"),
  ),
  met(
    "7.5.1",
    "What signing in rests on takes a fresh proof",
    account("a new address takes the password, and is what signs in from then on"),
    fresh(
      "every permission that takes it is refused, to the highest role; with one, with a token's own rules, and to test operators it is not asked",
    ),
  ),
  met(
    "7.5.2",
    "Operators see and end their sessions, with a proof; all of them at once, this one included, without",
    account("one ends and the others go on; a second time it has ended already"),
    fresh("the use cases themselves refuse, whatever the door asked before, and nothing is done"),
    sessions("everywhere ends all of one's own sessions and nobody else's"),
  ),
  met(
    "7.6.1",
    "An issuer's sign-in counts for as long as written",
    issuer("is asked for anew there, and counts for the session that asked"),
    page("docs/data-and-keys.md", "Sessions"),
  ),
  met("7.6.2", "No session begins by itself", issuer("without the token against forged requests nothing begins")),

  met(
    "8.1.1",
    "Who may do what is written down",
    GRANTS,
    testsOf("e2e/roles.spec.ts")("help says what each role may do, and marks one's own"),
  ),
  met("8.1.2", "So is who may see which field", page("docs/data-and-keys.md", "Data")),
  met(
    "8.2.1",
    "Acts take a permission",
    permissions("names the role that it takes and the one that asks"),
    doors("called directly by a role that may not, it is refused and audited, whatever the input"),
    testsOf("test/console-actions.test.ts")("a role that may not do it learns nothing about what it takes"),
  ),
  met(
    "8.2.2",
    "So does each object",
    access("counts there and nowhere else, from the next request on, until it is taken back"),
    access("learns nothing of the environment beside"),
    account("a session is ended only as that of its own operator"),
  ),
  met(
    "8.2.3",
    "So do fields",
    leastPrivilege("sees operators without their addresses, and no invitations; oneself with the own one"),
    leastPrivilege("sees a webhook's host, and not what may be secret in its address, in the audit log neither"),
  ),
  met(
    "8.3.1",
    "The server decides",
    access("the answer is the one that the doors give, for each permission, role and place"),
    testsOf("e2e/roles.spec.ts")("a viewer cannot ban: the page does not offer it and the server refuses the action"),
  ),
  met(
    "8.4.1",
    "Environments share nothing",
    checklist("a bad signature, and another environment's App Key with this one's signature, change nothing"),
    testsOf("lib/core/scenarios/reset-environment.test.ts")(
      "every table goes or stays as the list says, and nothing of another environment is touched",
    ),
    testsOf("lib/console-api/console-api.test.ts")("a token for one app finds no other, and makes none"),
  ),

  met(
    "9.1.1",
    "Tokens are signed",
    accessTokens("property: a token with any one character changed is not signed by the key"),
    accessTokens("is told apart when it is malformed, foreign, forged, expired or of an unknown user"),
  ),
  met(
    "9.1.2",
    "By one algorithm, which the token does not choose",
    accessTokens("property: no text makes the reader throw"),
    page("docs/data-and-keys.md", "Cryptography"),
  ),
  met(
    "9.1.3",
    "And a key that it does not bring along",
    handshake("31004 after the App Secret was refreshed"),
    issuer("signed by another key"),
  ),
  met(
    "9.2.1",
    "Their time is looked at",
    accessTokens("counts from issue, and only for tokens issued after it was set"),
    handshake("31020 for an expired token and for one issued before the cut-off"),
  ),
  met(
    "9.2.2",
    "A token is good for its one purpose",
    factors(
      "nothing is turned on without a code of the offered secret, by somebody else's offer, or by a ticket for something else",
    ),
  ),
  met(
    "9.2.3",
    "And for its own environment",
    handshake("31025 for a good token of the app's other environment, which a forged one does not learn"),
  ),
  met(
    "9.2.4",
    "Keys are of one environment each",
    accessTokens("is told apart when it is malformed, foreign, forged, expired or of an unknown user"),
  ),
];
