import { describe, expect, it } from "vitest";
import { parseIds } from "./parse-ids";

describe("pasted user ids", () => {
  it.each([
    ["one a line", "alice\nbob\r\ncarol\n"],
    ["a list with commas", "alice, bob,carol,"],
    ["a JSON array", '["alice", "bob",\n "carol"]'],
    ["a spreadsheet's row", "alice\tbob\tcarol"],
    ["with repeats", "alice bob alice carol;bob"],
  ])("are read from %s", (_, text) => {
    expect(parseIds(text)).toEqual(["alice", "bob", "carol"]);
  });

  it("keep every character that an id may have", () => {
    expect(parseIds("user_1-2+3=4|5@6.7")).toEqual(["user_1-2+3=4|5@6.7"]);
  });

  it("are none in empty text", () => {
    expect(parseIds(" \n ,; ")).toEqual([]);
  });
});
