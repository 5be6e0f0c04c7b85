import { expect, test } from "vitest";
import { z } from "zod";
import { byGroup, jsonSchema } from "@/lib/server-api/openapi";
import { fieldRows } from "./schema-fields";

const rows = (schema: z.ZodType) => fieldRows(jsonSchema(schema, "input"));

test("a field says its type, whether it must be given, and its rules", () => {
  const schema = z.object({
    userIds: z.array(z.string().min(1).max(64)).min(1).max(20),
    minutes: z.int().min(1).max(43_200),
    order: z.union([z.literal(0), z.literal(1)]).default(0),
    note: z.string().optional(),
  });
  expect(rows(schema)).toEqual([
    { path: "userIds", type: "list of text", required: true, rules: ["1 to 20 entries", "each 1 to 64 characters"] },
    { path: "minutes", type: "whole number", required: true, rules: ["1 to 43,200"] },
    { path: "order", type: "number", required: false, rules: ["0, 1", "default 0"] },
    { path: "note", type: "text", required: false, rules: [] },
  ]);
});

test("what is inside of objects and lists follows with its path", () => {
  const schema = z.object({
    users: z.array(z.object({ profile: z.object({ name: z.string() }), more: z.record(z.string(), z.string()) })),
  });
  expect(rows(schema).map(({ path, type }) => [path, type])).toEqual([
    ["users", "list of object"],
    ["users[].profile", "object"],
    ["users[].profile.name", "text"],
    ["users[].more", "object of text"],
  ]);
});

test("every field of every endpoint has a type that a reader knows", () => {
  const types = byGroup().flatMap(({ input, output }) => [
    ...fieldRows(jsonSchema(input, "input")),
    ...(output === null ? [] : fieldRows(jsonSchema(output, "output"))),
  ]);
  expect(types.length).toBeGreaterThan(150);
  expect(types.filter(({ type }) => type.includes("any")).map(({ path }) => path)).toEqual([]);
});
