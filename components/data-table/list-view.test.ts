import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { ListAddress } from "./list-definition";
import { changeListUrl } from "./list-url";
import { columnsOfAddress, columnsText, showView, viewText, viewTextOf } from "./list-view";

const Schema = z.object({
  q: z.string().catch(""),
  kind: z.enum(["any", "cat", "dog"]).catch("any"),
  sort: z.enum(["name", "-name"]).catch("name"),
  size: z.coerce.number().catch(25),
  cursor: z.string().optional().catch(undefined),
});
const pets: ListAddress<z.output<typeof Schema>> = {
  defaults: Schema.parse({}),
  search: { label: "Search pets", hint: "Name" },
  filters: [{ kind: "choice", name: "kind", label: "Kind", any: "Any kind", options: { cat: "Cat", dog: "Dog" } }],
};
const KNOWN = ["age", "owner", "kind"];

describe("a view", () => {
  it("keeps search, filters, order and columns, and not the page, its size or what is open beside it", () => {
    const query = Schema.parse({ q: "rex", kind: "cat", sort: "-name", size: "50", cursor: "abc" });
    expect(viewText(pets, query, "age")).toBe("cols=age&kind=cat&q=rex&sort=-name");
    expect(viewText(pets, Schema.parse({ sort: "name" }), null)).toBe("");
  });

  it("is the same in whatever order its address stands, and without what the list has no longer", () => {
    expect(viewTextOf(pets, "kind=cat&cols=age&q=rex&colour=red&sort=shoe")).toBe("cols=age&kind=cat&q=rex");
  });

  it("takes the place of what the address showed before, but for what belongs to the tab", () => {
    const search = "q=rex&kind=dog&size=50&cursor=abc&live=off&user=ann&view=old";
    const shown = changeListUrl(search, showView(search, { id: "new", query: "kind=cat&cols=-" }));
    expect(Object.fromEntries(new URLSearchParams(shown))).toEqual({
      kind: "cat",
      cols: "-",
      size: "50",
      live: "off",
      view: "new",
    });
  });
});

describe("columns in an address", () => {
  it("are those that the list has, in its order; all of them need not be named", () => {
    expect(columnsText(["kind", "age"], KNOWN)).toBe("age,kind");
    expect(columnsText([...KNOWN], KNOWN)).toBeNull();
    expect(columnsText(null, KNOWN)).toBeNull();
    expect(columnsText([], KNOWN)).toBe("-");
  });

  it("are read back; what names none that the list has says nothing", () => {
    expect(columnsOfAddress("age,kind,colour", KNOWN)).toEqual(["age", "kind"]);
    expect(columnsOfAddress("-", KNOWN)).toEqual([]);
    expect(columnsOfAddress("colour", KNOWN)).toBeNull();
    expect(columnsOfAddress(null, KNOWN)).toBeNull();
  });
});
