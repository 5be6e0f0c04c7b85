import { describe, expect, test } from "vitest";
import { changeListUrl, firstValues, type ListChange } from "./list-url";

describe("changeListUrl", () => {
  test.each<ListChange>([{ q: "ali" }, { status: "banned" }, { sort: "id" }, { size: "50" }, { q: null }])(
    "searching, filtering, sorting or resizing from a later page starts at the first page: %j",
    (change) => {
      expect(changeListUrl("q=bo&cursor=abc", change)).not.toContain("cursor");
    },
  );

  test("paging keeps everything else that defines the list", () => {
    expect(changeListUrl("q=ali&sort=-created&size=50", { cursor: "abc" })).toBe(
      "?q=ali&sort=-created&size=50&cursor=abc",
    );
  });

  test("an emptied value leaves the address", () => {
    expect(changeListUrl("q=ali", { q: "" })).toBe("");
  });
});

test("of a repeated name the first value counts", () => {
  expect(firstValues({ q: ["ali", "bob"], size: "50", sort: undefined })).toEqual({ q: "ali", size: "50" });
});
