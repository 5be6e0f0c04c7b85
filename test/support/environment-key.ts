import { readFileSync } from "node:fs";
import { parse } from "libpg-query";

/**
 * Whether a statement names the environment of every row that it reads or writes of a table that is keyed by it: PostgreSQL's own parser
 * reads it, and each mention of such a table must have its environment given: by a parameter, or by a row that has it already.
 */

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);
const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []);

/** A table in FROM, by the name that columns are qualified with. */
interface Mention {
  readonly alias: string;
  /** Null: a subquery, a function, or rows of a WITH, which were looked at where they are made. */
  readonly table: string | null;
}

const KEY = "environment_id";

/** The tables whose rows belong to an environment, by the schema of the database. */
export function keyedTables(): Set<string> {
  const models = readFileSync("prisma/schema.prisma", "utf8").matchAll(/^model \w+ \{$([\s\S]*?)^\}$/gm);
  return new Set(
    [...models].flatMap(([, body = ""]) => {
      const table = /@@map\("(\w+)"\)/.exec(body)?.[1];
      return table !== undefined && body.includes(`@map("${KEY}")`) ? [table] : [];
    }),
  );
}

/** The tables whose mention in this statement does not have its environment given. Empty: the statement is in order. */
export async function tablesWithoutEnvironment(text: string, keyed: ReadonlySet<string>): Promise<string[]> {
  const parsed = (await parse(text)) as unknown as Node;
  const missing: string[] = [];
  for (const { stmt } of nodes(parsed.stmts)) look(stmt, { keyed, withs: new Set(), missing });
  return missing;
}

interface Looking {
  readonly keyed: ReadonlySet<string>;
  /** Names of WITH that are in sight. */
  readonly withs: ReadonlySet<string>;
  readonly missing: string[];
}

const STATEMENTS: Readonly<Record<string, (statement: Node, looking: Looking) => void>> = {
  SelectStmt: lookAtSelect,
  InsertStmt: lookAtInsert,
  UpdateStmt: (statement, looking) => lookAtChange(statement, nodes(statement.fromClause), looking),
  DeleteStmt: (statement, looking) => lookAtChange(statement, nodes(statement.usingClause), looking),
};

/** Finds the statements in a tree, the outermost first, and looks at each. */
function look(value: unknown, looking: Looking): void {
  if (Array.isArray(value)) {
    for (const item of value) look(item, looking);
    return;
  }
  if (!isNode(value)) return;
  for (const [kind, inner] of Object.entries(value)) {
    const lookAt = STATEMENTS[kind];
    if (lookAt !== undefined && isNode(inner)) lookAt(inner, looking);
    else look(inner, looking);
  }
}

/** Looks at the statements of WITH; gives what is in sight of the one that has it. */
function inSight(statement: Node, looking: Looking): Looking {
  if (!isNode(statement.withClause)) return looking;
  const tables = nodes(statement.withClause.ctes).map(({ CommonTableExpr: table }) => table as Node);
  const withs = new Set([...looking.withs, ...tables.map(({ ctename }) => String(ctename))]);
  for (const { ctequery } of tables) look(ctequery, { ...looking, withs });
  return { ...looking, withs };
}

function lookAtSelect(select: Node, outside: Looking): void {
  const looking = inSight(select, outside);
  // UNION and its kin: two SELECTs without their names.
  for (const side of [select.larg, select.rarg]) if (isNode(side)) lookAtSelect(side, looking);
  judge(nodes(select.fromClause), select.whereClause, looking);
  const { withClause: _with, larg: _larg, rarg: _rarg, ...rest } = select;
  look(rest, looking);
}

function lookAtInsert(insert: Node, outside: Looking): void {
  const looking = inSight(insert, outside);
  const table = String((insert.relation as Node).relname);
  const columns = nodes(insert.cols).map(({ ResTarget: target }) => (target as Node).name);
  if (looking.keyed.has(table) && !columns.includes(KEY)) looking.missing.push(table);
  const { withClause: _with, ...rest } = insert;
  look(rest, looking);
}

function lookAtChange(change: Node, from: readonly Node[], outside: Looking): void {
  const looking = inSight(change, outside);
  judge([{ RangeVar: change.relation }, ...from], change.whereClause, looking);
  const { withClause: _with, ...rest } = change;
  look(rest, looking);
}

/** Judges the tables of one FROM by the conditions of its WHERE and its joins. */
function judge(from: readonly Node[], where: unknown, looking: Looking): void {
  const mentions: Mention[] = [];
  const conditions: unknown[] = [where];
  const merged: string[][] = [];
  for (const item of from) gather(item, looking, mentions, conditions, merged);
  const keyed = mentions.filter(({ table }) => table !== null);
  if (keyed.length === 0) return;

  const given = new Set<string>();
  const pairs: [string, string][] = [];
  const lone = keyed.length === 1 ? keyed[0]?.alias : undefined;
  const names = new Set(keyed.map(({ alias }) => alias));
  /** The table of this FROM whose environment an expression is; null: another expression, which gives one. */
  const environmentOf = (expression: unknown): string | null => {
    const fields = columnFields(expression);
    if (fields?.at(-1) !== KEY) return null;
    const qualifier = fields.at(-2);
    if (qualifier === undefined) return lone ?? null;
    return names.has(qualifier) ? qualifier : null;
  };
  const equal = (left: unknown, right: unknown) => {
    const [a, b] = [environmentOf(left), environmentOf(right)];
    if (a !== null && b !== null) pairs.push([a, b]);
    else if (a !== null) given.add(a);
    else if (b !== null) given.add(b);
  };
  for (const condition of conditions) for (const [left, right] of equalities(condition)) equal(left, right);
  for (const group of merged) {
    const tables = group.filter((alias) => names.has(alias));
    // A row that is no table's gives the environment to the others.
    if (tables.length < group.length) for (const alias of tables) given.add(alias);
    for (const alias of tables) if (tables[0] !== undefined) pairs.push([tables[0], alias]);
  }
  for (let before = -1; before !== given.size; ) {
    before = given.size;
    for (const [a, b] of pairs) {
      if (given.has(a)) given.add(b);
      if (given.has(b)) given.add(a);
    }
  }
  for (const { alias, table } of keyed) if (table !== null && !given.has(alias)) looking.missing.push(table);
}

/** What FROM mentions, the conditions of its joins, and the tables whose environment USING makes one. */
function gather(
  item: Node,
  looking: Looking,
  mentions: Mention[],
  conditions: unknown[],
  merged: string[][],
): string[] {
  const [kind, inner] = Object.entries(item)[0] ?? [];
  if (kind === undefined || !isNode(inner)) return [];
  if (kind === "JoinExpr") {
    const sides = [inner.larg, inner.rarg].map((side) =>
      isNode(side) ? gather(side, looking, mentions, conditions, merged) : [],
    );
    conditions.push(inner.quals);
    const using = nodes(inner.usingClause).map(({ String: name }) => (name as Node).sval);
    if (using.includes(KEY)) merged.push(sides.flat());
    return sides.flat();
  }
  const alias = isNode(inner.alias) ? String(inner.alias.aliasname) : String(inner.relname ?? "");
  const name = String(inner.relname);
  const isKeyed = kind === "RangeVar" && looking.keyed.has(name) && !looking.withs.has(name);
  mentions.push({ alias, table: isKeyed ? name : null });
  return [alias];
}

function columnFields(expression: unknown): string[] | null {
  if (!isNode(expression)) return null;
  const { ColumnRef: column } = expression;
  if (!isNode(column)) return null;
  return nodes(column.fields).map(({ String: name }) => (isNode(name) ? String(name.sval) : "*"));
}

/** The equalities that a condition demands: those behind OR and NOT it does not. */
function equalities(condition: unknown): [unknown, unknown][] {
  if (!isNode(condition)) return [];
  const { BoolExpr: bool, A_Expr: comparison, SubLink: sublink } = condition;
  if (isNode(bool)) return bool.boolop === "AND_EXPR" ? nodes(bool.args).flatMap(equalities) : [];
  if (isNode(sublink) && sublink.subLinkType === "ANY_SUBLINK") return rowPairs(sublink.testexpr, null);
  if (!isNode(comparison)) return [];
  const { kind, lexpr, rexpr } = comparison;
  const operator = nodes(comparison.name).map(({ String: name }) => (name as Node).sval)[0];
  // = ANY (…), IN (…), and = itself, of one column or of rows.
  if (operator !== "=" || !["AEXPR_OP", "AEXPR_OP_ANY", "AEXPR_IN"].includes(String(kind))) return [];
  return rowPairs(lexpr, kind === "AEXPR_OP" ? rexpr : null);
}

/** Rows are compared column by column; null: with what is no column of a table. */
function rowPairs(left: unknown, right: unknown): [unknown, unknown][] {
  const columns = (value: unknown) => {
    const row = isNode(value) ? value.RowExpr : undefined;
    return isNode(row) ? nodes(row.args) : null;
  };
  const [of, to] = [columns(left), columns(right)];
  if (of === null) return [[left, right]];
  return of.map((column, index) => [column, to?.[index] ?? null]);
}
