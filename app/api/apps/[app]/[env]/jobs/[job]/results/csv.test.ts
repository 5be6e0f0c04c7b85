import { describe, expect, it } from "vitest";
import { csvLine } from "./csv";

describe("a downloaded CSV line", () => {
  it("quotes what would break the line", () => {
    expect(csvLine(["plain", 'say "hi"', "a,b", "two\nlines"])).toBe('plain,"say ""hi""","a,b","two\nlines"\r\n');
  });

  it.each(["=1+1", "+1", "-1", "@cmd", "\tx", "\rx"])("keeps a spreadsheet from running %j as a formula", (text) => {
    const [first] = csvLine([text]).replace(/^"/, "");
    expect(first).toBe("'");
  });

  it("leaves such characters alone elsewhere in a cell", () => {
    expect(csvLine(["a=1", "e-2", "x@y"])).toBe("a=1,e-2,x@y\r\n");
  });
});
