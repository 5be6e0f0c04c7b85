import { expect, test } from "vitest";
import { keepStarting } from "./keep-starting";

test("a part that cannot start is started again until it can, or the process stops", async () => {
  const failures: unknown[] = [];
  let tries = 0;
  const start = async () => {
    tries += 1;
    if (tries < 3) throw new Error(`try ${tries}`);
    return "started";
  };
  const options = { pauseMs: 1, stopping: () => false, onFailure: (error: unknown) => failures.push(error) };
  expect(await keepStarting(start, options)).toBe("started");
  expect(failures).toEqual([new Error("try 1"), new Error("try 2")]);
  tries = -100;
  expect(await keepStarting(start, { ...options, stopping: () => tries > -90 })).toBeUndefined();
});
