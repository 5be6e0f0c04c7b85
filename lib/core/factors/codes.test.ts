import { generateSecret, generateSync } from "otplib";
import { expect, test } from "vitest";
import { stepOfCode } from "./codes";

const secret = generateSecret();
/** The code of the step that begins at 12:00:00. */
const NOON = Date.UTC(2027, 0, 15, 12) / 1_000;
const code = generateSync({ secret, epoch: NOON });

test("a code counts for ten seconds before its time and after it, and no longer", () => {
  const takenAt = (second: number) => stepOfCode(secret, code, (NOON + second) * 1_000, 0) !== null;
  expect([-11, -10, 0, 29, 39, 40].map((second) => [second, takenAt(second)])).toEqual([
    [-11, false],
    [-10, true],
    [0, true],
    [29, true],
    [39, true],
    [40, false],
  ]);
});

test("a code of the last step that was used, or of one before, counts no more", () => {
  const step = NOON / 30;
  const taken = (lastStep: number) => stepOfCode(secret, code, NOON * 1_000, lastStep);
  expect([taken(step - 1), taken(step), taken(step + 1)]).toEqual([step, null, null]);
});
