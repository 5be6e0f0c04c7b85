/**
 * What a migration may not say, since the version before it goes on running on the database meanwhile and afterwards (docs/decisions/0148). A line
 * `-- side by side: REASON` above a statement says why it may here.
 */
const REASON = /--\s*side by side:\s*\S/i;

interface Rule {
  readonly pattern: RegExp;
  readonly says: string;
  /** Harmless on a table that the same migration has made: nobody knows it, and it is empty. */
  readonly onNewTables?: true;
}

const RULES: readonly Rule[] = [
  { pattern: /\bRENAME\b/i, says: "renames what the version before still calls by its name" },
  {
    pattern: /\bDROP\s+(TABLE|COLUMN|TYPE|FUNCTION|SCHEMA|VIEW|SEQUENCE)\b/i,
    says: "drops what the version before still uses; drop it in the release after the one that has stopped using it",
  },
  {
    pattern: /\bALTER\s+COLUMN\b[^,;]*\bTYPE\b/i,
    says: "rewrites the table under a lock that stops readers",
    onNewTables: true,
  },
  {
    pattern: /\bALTER\s+COLUMN\b[^,;]*\b(SET\s+NOT\s+NULL|DROP\s+DEFAULT)/i,
    says: "refuses rows that the version before still writes",
    onNewTables: true,
  },
  {
    pattern: /\bADD\s+COLUMN\b(?![^,;]*\bDEFAULT\b)[^,;]*\bNOT\s+NULL\b/i,
    says: "refuses rows that the version before still writes: give the column a constant default",
    onNewTables: true,
  },
  {
    pattern: /\bADD\s+COLUMN\b[^,;]*\bDEFAULT\s+[a-z_]+\s*\(/i,
    says: "rewrites the table: its default is not a constant",
    onNewTables: true,
  },
  {
    pattern:
      /\bADD\s+(CONSTRAINT\s+\S+\s+)?(CHECK|FOREIGN\s+KEY|UNIQUE|PRIMARY\s+KEY)\b(?!.*\b(NOT\s+VALID|USING\s+INDEX)\b)/is,
    says: "reads the whole table under a lock: add it NOT VALID or USING INDEX, and validate it in a migration of its own",
    onNewTables: true,
  },
  {
    pattern: /\bCREATE\s+(UNIQUE\s+)?INDEX\b(?!\s+CONCURRENTLY)/i,
    says: "stops writers for as long as it takes: CREATE INDEX CONCURRENTLY, in a migration of its own",
    onNewTables: true,
  },
  {
    pattern: /\b(DROP|REINDEX)\s+(UNIQUE\s+)?INDEX\b(?!\s+CONCURRENTLY)/i,
    says: "waits for readers while writers wait behind it: CONCURRENTLY",
  },
  {
    pattern: /^\s*(UPDATE|DELETE\s+FROM)\b/i,
    says: "locks the rows that it changes until all are done: have a service fill them in, in batches",
    onNewTables: true,
  },
  { pattern: /^\s*(LOCK|CLUSTER|VACUUM|TRUNCATE)\b/i, says: "stops everybody", onNewTables: true },
];

const name = (text: string | undefined) => text?.replaceAll('"', "").toLowerCase();

/** Cuts SQL at its semicolons, but those in the bodies of functions and in comments. */
function statementsIn(sql: string): { text: string; reason: boolean }[] {
  const bodies: string[] = [];
  const whole = sql.replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, (body) => {
    bodies.push(body);
    return "$body$";
  });
  const statements: { text: string; reason: boolean }[] = [];
  let lines: string[] = [];
  let reason = false;
  const end = () => {
    const text = lines.join("\n").trim();
    if (text !== "") statements.push({ text, reason });
    lines = [];
    reason = false;
  };
  for (const line of whole.split("\n")) {
    if (REASON.test(line)) reason = true;
    const code = line.replace(/--.*$/, "");
    const [first = "", ...rest] = code.split(";");
    lines.push(first);
    for (const part of rest) {
      end();
      lines.push(part);
    }
  }
  end();
  return statements;
}

/** What is wrong with a migration, as sentences; empty: two versions can run side by side. */
export function faultsOfMigration(sql: string): string[] {
  const statements = statementsIn(sql);
  const made = new Set(
    statements.map(({ text }) =>
      name(/^CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([\w."]+)/i.exec(text)?.[1]),
    ),
  );
  const faults = statements.flatMap(({ text, reason }) => {
    const table = name(
      /\b(?:ALTER\s+TABLE(?:\s+ONLY)?|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|LOCK\s+TABLE)\s+([\w."]+)/i.exec(
        text,
      )?.[1] ?? /\bON\s+(?:ONLY\s+)?([\w."]+)/i.exec(text)?.[1],
    );
    const isNew = table !== undefined && made.has(table);
    const broken = RULES.find(({ pattern, onNewTables }) => pattern.test(text) && !(onNewTables && isNew));
    return broken === undefined || reason ? [] : [`“${text.split("\n")[0]}” ${broken.says}`];
  });
  if (/\bCONCURRENTLY\b/i.test(sql.replace(/--.*$/gm, "")) && statements.length > 1) {
    faults.push("CONCURRENTLY must be the only statement of its migration: it cannot run in a transaction");
  }
  return faults;
}
