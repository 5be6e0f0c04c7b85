import { formatCount } from "@/components/ui/count-text";

/** A JSON Schema as rows of a table: one for each field, those of objects and lists below it. */

/** What of JSON Schema 2020-12 the Server API's description uses. */
export interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly items?: FieldSchema;
  readonly additionalProperties?: boolean | FieldSchema;
  readonly propertyNames?: FieldSchema;
  readonly anyOf?: readonly FieldSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
}

export interface FieldRow {
  /** "users[].userProfile.name" */
  readonly path: string;
  /** "list of text" */
  readonly type: string;
  readonly required: boolean;
  /** "1 to 64 characters" and the like; empty: none. */
  readonly rules: readonly string[];
}

/** The fields of an object, each followed by those within it. */
export function fieldRows(schema: FieldSchema, prefix = ""): FieldRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const row = {
      path,
      type: typeText(field),
      required: schema.required?.includes(name) ?? false,
      rules: [...rulesOf(field), ...(field.items === undefined ? [] : itemRules(field.items))],
    };
    return [row, ...within(field, path)];
  });
}

function within(field: FieldSchema, path: string): FieldRow[] {
  if (field.type === "object") return fieldRows(field, `${path}.`);
  if (field.type === "array" && field.items !== undefined) return within(field.items, `${path}[]`);
  return [];
}

const WORDS: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  object: "object",
};

function typeText(field: FieldSchema): string {
  if (field.type === "array") return `list of ${typeText(field.items ?? {})}`;
  if (field.type === "object" && typeof field.additionalProperties === "object") {
    return `object of ${typeText(field.additionalProperties)}`;
  }
  const [first] = valuesOf(field) ?? [];
  const types = [field.type ?? typeof first].flat();
  return types.map((type) => WORDS[type] ?? "any").join(" or ");
}

/** The values that are allowed, where they are named. */
function valuesOf({ enum: values, const: only, anyOf }: FieldSchema): readonly unknown[] | undefined {
  if (only !== undefined) return [only];
  return values ?? anyOf?.flatMap((choice) => valuesOf(choice) ?? []);
}

const itemRules = (items: FieldSchema) => rulesOf(items).map((rule) => `each ${rule}`);

function rulesOf(field: FieldSchema): string[] {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems, maxProperties, pattern, propertyNames } = field;
  const values = valuesOf(field);
  return [
    ...(values === undefined || values.length === 0 ? [] : [values.map((value) => JSON.stringify(value)).join(", ")]),
    ...rangeText(minLength, maxLength, "characters"),
    ...rangeText(minimum, maximum, ""),
    ...rangeText(minItems, maxItems, "entries"),
    ...rangeText(undefined, maxProperties, "keys"),
    ...(pattern === undefined ? [] : [`matches ${pattern}`]),
    ...(propertyNames?.pattern === undefined ? [] : [`keys match ${propertyNames.pattern}`]),
    ...(field.default === undefined ? [] : [`default ${JSON.stringify(field.default)}`]),
  ];
}

/** Bounds that only say how large a number can be at all. */
const NO_BOUND = Number.MAX_SAFE_INTEGER;

function rangeText(from: number | undefined, to: number | undefined, unit: string): string[] {
  const least = from === undefined || from <= -NO_BOUND || (from === 0 && unit !== "") ? undefined : from;
  const most = to === undefined || to >= NO_BOUND ? undefined : to;
  const measured = (text: string) => [unit === "" ? text : `${text} ${unit}`];
  if (least !== undefined && most !== undefined) {
    return measured(least === most ? formatCount(least) : `${formatCount(least)} to ${formatCount(most)}`);
  }
  if (most !== undefined) return measured(`at most ${formatCount(most)}`);
  return least === undefined ? [] : measured(`at least ${formatCount(least)}`);
}
