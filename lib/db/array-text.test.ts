import fc from "fast-check";
import { expect, test } from "vitest";
import { testDatabase } from "@/test/support/database";
import { numberArray, textArray } from "./array-text";
import { openDatabase } from "./database";

const databaseUrl = testDatabase();

const storable = fc.string({ unit: "grapheme" }).filter((text) => !/\0|\p{Surrogate}/u.test(text));
const awkward = fc.constantFrom("", "NULL", "null", '"', "\\", '\\"', "{}", ",", "{a,b}", " ", "\n", "'");

test("property: PostgreSQL reads from the text of an array what was put in", async () => {
  const db = openDatabase({ url: databaseUrl(), poolSize: 2 });
  const back = { name: "back", text: "SELECT to_json($1::text[]), to_json($2::bigint[])" };
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(storable, awkward, fc.constant(null))),
        fc.array(fc.oneof(fc.maxSafeInteger(), fc.constant(null))),
        async (texts, numbers) => {
          const [row] = await db.pipeline.run(back, [textArray(texts), numberArray(numbers)]);
          expect(row?.map((json) => JSON.parse(json ?? ""))).toEqual([texts, numbers]);
        },
      ),
      { numRuns: 200 },
    );
  } finally {
    await db.close();
  }
});
