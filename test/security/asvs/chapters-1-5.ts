import { met, none, page, type Row, testsOf } from "./row";

const actions = testsOf("test/console-actions.test.ts");
const arrays = testsOf("lib/db/array-text.test.ts");
const browser = testsOf("lib/http/browser-policy.test.ts");
const checklist = testsOf("test/contract/checklist.test.ts");
const cookies = testsOf("lib/console/session-cookie.test.ts");
const csv = testsOf("app/api/apps/[app]/[env]/jobs/[job]/results/csv.test.ts");
const deletion = testsOf("lib/core/deletion/deletion.test.ts");
const doors = testsOf("lib/console/doors.test.ts");
const factors = testsOf("lib/core/factors/factors.test.ts");
const findUsers = testsOf("lib/core/users/find-users.test.ts");
const handshake = testsOf("lib/gateway/handshake.test.ts");
const hostile = testsOf("test/contract/hostile-input.test.ts");
const http = testsOf("lib/http/http-server.test.ts");
const imports = testsOf("lib/core/imports/imports.test.ts");
const mail = testsOf("lib/core/mail/mail.test.ts");
const nextPath = testsOf("lib/console/next-path.test.ts");
const otherSite = testsOf("lib/http/other-site.test.ts");
const outbound = testsOf("lib/outbound/outbound.test.ts");
const pictures = testsOf("lib/core/avatars/pictures.test.ts");
const randomInput = testsOf("test/contract/random-input.test.ts");
const register = testsOf("lib/core/users/register-user.test.ts");
const source = testsOf("test/security/source.test.ts");
const text = testsOf("lib/core/input/text.test.ts");
const transport = testsOf("test/contract/transport.test.ts");
const webhooks = testsOf("lib/core/webhooks/change-webhook.test.ts");

const SERVER_RENDERED = "React writes every text as text; the source has one exception, which holds no data";

export const CHAPTERS_1_TO_5: readonly Row[] = [
  met(
    "1.1.1",
    "Input is decoded once, before it is judged",
    http("the path %s is no text"),
    nextPath("whatever is given, a browser stays on the console's origin"),
  ),
  met(
    "1.1.2",
    "Output is escaped last, by whoever interprets it",
    source("no text becomes code: none is evaluated, and none is put into a page as markup"),
    csv("quotes what would break the line"),
  ),
  met(
    "1.2.1",
    "Escaping fits where the text goes",
    source("no text becomes code: none is evaluated, and none is put into a page as markup"),
    mail("what somebody calls themselves adds no line and no address"),
  ),
  met(
    "1.2.2",
    "Addresses are built safely, with safe schemes alone",
    nextPath("whatever is given, a browser stays on the console's origin"),
    webhooks("%s cannot, and is told why"),
  ),
  met(
    "1.2.3",
    "Data in scripts and JSON stays data",
    source("no text becomes code: none is evaluated, and none is put into a page as markup"),
    browser("data can do nothing when it is opened as a page"),
  ),
  met(
    "1.2.4",
    "No SQL is made of input",
    page("docs/decisions/0008-when-raw-sql-is-right.md", "8. When raw SQL is right"),
    arrays("property: PostgreSQL reads from the text of an array what was put in"),
    hostile("the Server API"),
    findUsers("%s finds %s"),
  ),
  met(
    "1.2.5",
    "No command of the system is made of input",
    source("programs are started by the launcher and the embedded database alone, and never by a shell"),
  ),
  none("1.2.6", "LDAP", "There is no LDAP."),
  none("1.2.7", "XPath", "There is no XML."),
  none("1.2.8", "LaTeX", "There is no LaTeX."),
  met(
    "1.2.9",
    "Regular expressions are not made of input",
    source("patterns are made of constants, or of text whose special characters are escaped"),
  ),
  none("1.3.1", "Rich text", "No field takes HTML, and nothing shows what was typed as HTML."),
  met(
    "1.3.2",
    "Nothing evaluates text as code",
    source("no text becomes code: none is evaluated, and none is put into a page as markup"),
    browser("runs scripts by the answer's nonce alone, and loads nothing from elsewhere"),
  ),
  met(
    "1.3.3",
    "What goes to a dangerous place has safe characters and a length",
    text("contain nothing that nobody sees: %s"),
    checklist("each field: missing, wrong type, out of range, too long, and at its edge"),
  ),
  met("1.3.4", "SVG of users", pictures("%s is none, and the host is not asked again at once")),
  none("1.3.5", "Markdown, CSS and templates of users", "What users write is shown as plain text."),
  met(
    "1.3.6",
    "No request to inner addresses on a stranger's behalf",
    outbound("one private address among public ones refuses the name"),
    outbound("a name that was public when it was saved and leads inside now is not connected to"),
    outbound("a redirect is an answer like any other and is not followed"),
  ),
  none("1.3.7", "Template injection", "There is no template language; pages are React components."),
  none("1.3.8", "JNDI", "There is no Java."),
  none("1.3.9", "Memcache", "There is none. Redis, where it is set, carries events whose names are constants."),
  none("1.3.10", "Format strings", "JavaScript has none that reads memory; log lines are JSON objects."),
  met("1.3.11", "No line is added to a mail", mail("what somebody calls themselves adds no line and no address")),
  none("1.4.1", "Safe strings and pointers", "JavaScript manages memory; there is no native code of ours."),
  met(
    "1.4.2",
    "Numbers keep their range",
    checklist("each field: missing, wrong type, out of range, too long, and at its edge"),
    hostile("the gateway"),
  ),
  none("1.4.3", "Freed memory", "JavaScript manages memory; there is no native code of ours."),
  none("1.5.1", "XML parsers", "There is no XML."),
  met(
    "1.5.2",
    "What is deserialized has a shape that is checked",
    actions("each of its fields is refused as wrong whatever stands in it"),
    doors("called with what is no plain data, it is refused as wrong input"),
  ),

  met("2.1.1", "The rules for input are written down", page("docs/server-api.md", "Endpoints")),
  met(
    "2.1.2",
    "So are those for fields that belong together",
    page("docs/server-api.md", "Rules for all endpoints"),
    page("docs/server-api.md", "Endpoints"),
  ),
  met(
    "2.1.3",
    "So are the limits, for one and for all",
    page("docs/server-api.md", "Codes"),
    page("docs/client-api.md", "Limits"),
    page("docs/operations.md", "Quotas and registration waves"),
  ),
  met(
    "2.2.1",
    "Input is what is expected, or refused",
    checklist("each field: missing, wrong type, out of range, too long, and at its edge"),
    actions("whatever is sent is refused as wrong, never met as a fault of ours"),
    randomInput("property: random JSON never yields a 5xx"),
  ),
  met(
    "2.2.2",
    "The server checks, whatever the page checked",
    actions("each of its fields is refused as wrong whatever stands in it"),
    doors("called directly by a role that may not, it is refused and audited, whatever the input"),
  ),
  met(
    "2.2.3",
    "Fields that belong together fit together",
    testsOf("lib/env.test.ts")("OWNER_EMAIL and OWNER_PASSWORD belong together"),
    testsOf("test/contract/hosted-profiles.test.ts")(
      "twenty pairs are a user's most, counted with those stored before",
    ),
  ),
  met(
    "2.3.1",
    "Steps come in their order",
    factors(
      "the first step lasts five minutes, works once, and not after the password was changed or the account disabled",
    ),
    deletion("refuses when the selection has grown, and when as many others are in it"),
  ),
  met(
    "2.3.2",
    "Limits of the trade hold",
    register("Development holds exactly 100 users however many registrations race, through two processes' pools"),
  ),
  met(
    "2.3.3",
    "An act is done as a whole or not at all",
    testsOf("lib/core/command/execute.test.ts")("what follows is written with the change, or neither is"),
    testsOf("lib/core/scenarios/scenarios.test.ts")("of two that come at once, one is refused and none is half there"),
  ),
  met(
    "2.3.4",
    "What is scarce is given once",
    testsOf("lib/core/test-runs/seats.test.ts")("runs that start at once reserve no seat twice"),
    testsOf("lib/core/users/seat-pool.test.ts")(
      "however seats were reserved and asked for, the limit holds, and every run gets what is reserved for it",
    ),
  ),
  met(
    "2.4.1",
    "Machines are held back",
    testsOf("lib/rate-limit/rate-limit.test.ts")(
      "admits exactly the limit of concurrent calls in a window, and again in the next",
    ),
    testsOf("lib/console/read-budget.test.ts")(
      "a session has so many reads in a minute, each its own, and all of them again in the next",
    ),
    testsOf("lib/core/operators/strangers.test.ts")(
      "of any number of guesses at once a process holds sixty-four, and refuses the rest at once",
    ),
  ),

  met(
    "3.2.1",
    "An answer is not taken for something else",
    browser("data can do nothing when it is opened as a page"),
    otherSite("is not another site's picture, script, frame or call"),
  ),
  met(
    "3.2.2",
    `Text is shown as text: ${SERVER_RENDERED}`,
    source("no text becomes code: none is evaluated, and none is put into a page as markup"),
  ),
  met(
    "3.3.1",
    "Cookies are Secure and named so",
    cookies("over https it is secure and bound to the host; scripts never read it"),
  ),
  met(
    "3.3.2",
    "Cookies have a SameSite",
    cookies("over https it is secure and bound to the host; scripts never read it"),
  ),
  met(
    "3.3.3",
    "Cookies belong to their host",
    cookies("over https it is secure and bound to the host; scripts never read it"),
  ),
  met(
    "3.3.4",
    "No script reads a session",
    cookies("over https it is secure and bound to the host; scripts never read it"),
  ),
  met(
    "3.4.1",
    "HSTS for a year, on all answers of both ports, and for subdomains where the installation says that they are its own",
    testsOf("lib/http/strict-transport.test.ts")(
      "https alone is demanded for the time to come where the console's address has it",
    ),
    testsOf("lib/http/strict-transport.test.ts")(
      "and at its subdomains where the installation says that they are its own",
    ),
    testsOf("lib/http/http-server.test.ts")("headers of every answer stand in refusals as well"),
    page("SECURITY.md", "What whoever runs it must do"),
  ),
  none("3.4.2", "CORS", "No answer has Access-Control-Allow-Origin: no page of another site reads any."),
  met(
    "3.4.3",
    "A content policy with nonces",
    browser("runs scripts by the answer's nonce alone, and loads nothing from elsewhere"),
    browser("a nonce is new each time and has no character with a meaning in a policy"),
  ),
  met(
    "3.4.4",
    "No guessing of types",
    transport("every answer says that its type is what it says"),
    http("%s is refused in one line of text"),
    testsOf("e2e/strangers.spec.ts")("both ports answer to their own names and methods alone"),
  ),
  met("3.4.5", "A referrer policy", browser("no other site opens, embeds or is told of an answer")),
  met(
    "3.4.6",
    "Nobody frames the console",
    browser("runs scripts by the answer's nonce alone, and loads nothing from elsewhere"),
    browser("data can do nothing when it is opened as a page"),
  ),
  met("3.5.1", "No forged requests", otherSite("%s is refused"), otherSite("%s goes on")),
  met("3.5.2", "Nor by requests that need no preflight", otherSite("%s is refused")),
  met(
    "3.5.3",
    "What changes something is no GET",
    otherSite("is not another site's picture, script, frame or call"),
    checklist("another method is 405, with the one to use"),
  ),
  none(
    "3.5.4",
    "Separate applications on separate hosts",
    "There is one application in browsers, the console. The service answers no pages and sets no cookies.",
  ),
  none(
    "3.5.5",
    "postMessage",
    "No window listens to messages of others; the console's windows talk by a BroadcastChannel, which is of one origin.",
  ),
  none("3.7.1", "Old plug-ins", "There are none; the policy has object-src 'none'."),
  met(
    "3.7.2",
    "No redirect to somebody else's site",
    nextPath("whatever is given, a browser stays on the console's origin"),
    testsOf("e2e/sign-in.spec.ts")("after signing in nobody is sent to another site"),
    testsOf("lib/console/issuer-door.test.ts")("goes on to paths of the console alone"),
  ),

  met(
    "4.1.1",
    "Every answer names its type and charset",
    transport("every answer says that its type is what it says"),
    doors("answers JSON that nobody caches; of a repeated name the first value counts"),
  ),
  met(
    "4.1.2",
    "No endpoint redirects from http to https unseen",
    testsOf("lib/console/request.test.ts")("a request came in clear although the console's address is https"),
  ),
  met(
    "4.1.3",
    "Callers cannot set what a proxy says",
    testsOf("lib/http/forwarded.test.ts")("of a request that no trusted proxy has handed on, no claim is left"),
    testsOf("lib/http/client-address.test.ts")("is the socket's while no proxy is trusted, whatever a header claims"),
  ),
  met("4.2.1", "No request is smuggled", http("%s is refused in one line of text")),
  none("4.3.1", "GraphQL queries", "There is no GraphQL."),
  none("4.3.2", "GraphQL introspection", "There is no GraphQL."),
  none(
    "4.4.1",
    "WebSockets over TLS",
    "TLS ends at the installation's reverse proxy (docs/operations.md); clients follow PUBLIC_API_URL.",
  ),
  met(
    "4.4.2",
    "Origins of WebSockets are checked",
    handshake("31022 for pages of origins that are not allowed; clients that are no browsers are not asked"),
  ),
  met(
    "4.4.3",
    "WebSockets have tokens of their own",
    handshake("31004 for text that is no token, a forged one and a user who never was"),
    handshake("31020 for an expired token and for one issued before the cut-off"),
  ),
  met(
    "4.4.4",
    "These come from somebody who is known",
    checklist("a bad signature, and another environment's App Key with this one's signature, change nothing"),
    handshake("31004 after the App Secret was refreshed"),
  ),

  met("5.1.1", "Which files are taken is written down", page("docs/data-and-keys.md", "Files")),
  met(
    "5.2.1",
    "Files have a size",
    imports("refuses %s, and says why"),
    pictures("%s is none, and the host is not asked again at once"),
  ),
  met(
    "5.2.2",
    "Files are what they say",
    imports("refuses %s, and says why"),
    pictures("has the type of its bytes, whatever the host calls it, and is fetched once for everybody"),
  ),
  none("5.2.3", "Archives", "No compressed file is taken."),
  none("5.3.1", "Uploads are not run", "Nothing that is uploaded is kept as a file."),
  none(
    "5.3.2",
    "No path is made of names that users give",
    "Nothing that is uploaded is kept as a file, and no name of a file comes from a caller.",
  ),
  met(
    "5.4.1",
    "Downloads have names of the server",
    testsOf("e2e/export.spec.ts")("a list is downloaded as it is shown, and the audit log says who took what"),
  ),
  none("5.4.2", "Names of downloads are escaped", "They are made of words of the product, ids and dates."),
  none(
    "5.4.3",
    "Antivirus",
    "No file of a stranger is passed on: imports are read as text, pictures are served only as pictures.",
  ),
];
