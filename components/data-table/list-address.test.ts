import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import { clearedFilters, filterChips, isNarrowed, noMatchWords, rowsMeant } from "./list-address";
import type { ListAddress } from "./list-definition";
import { changeListUrl } from "./list-url";
import { readListQuery } from "./read-list-query";

const Schema = z.object({
  tab: z.enum(["open", "closed"]).catch("open"),
  q: z.string().catch(""),
  kind: z.enum(["any", "cat", "dog"]).catch("any"),
  shot: z.enum(["yes", "no"]).optional().catch(undefined),
  from: z.string().optional().catch(undefined),
  to: z.string().optional().catch(undefined),
  owner: z.string().optional().catch(undefined),
  sort: z.enum(["name", "-name"]).catch("name"),
  size: z.coerce.number().int().min(1).catch(25),
  cursor: z.string().optional().catch(undefined),
});
type Query = z.output<typeof Schema>;

const pets: ListAddress<Query> = {
  defaults: Schema.parse({}),
  tabs: { name: "tab", label: "Pets", options: { open: "Open", closed: "Closed" } },
  search: { label: "Search pets", hint: "Name" },
  filters: [
    { kind: "choice", name: "kind", label: "Kind", any: "Any kind", options: { cat: "Cat", dog: "Dog" } },
    {
      kind: "choice",
      name: "shot",
      label: "Vaccinated",
      any: "Vaccinated or not",
      options: { yes: "Yes" },
      when: ({ tab }) => tab === "open",
      chip: (word) => `Shots: ${word}`,
    },
    { kind: "days", from: "from", to: "to", label: "Born" },
    { kind: "linked", name: "owner", label: "Owner" },
  ],
};

const query = (address: Record<string, string>) => Schema.parse(address);
const texts = (address: Record<string, string>) => filterChips(pets, query(address)).map((chip) => chip.text);

describe("reading an address", () => {
  it("takes each value for itself: one that cannot be read falls back and the others stay", async () => {
    const read = await readListQuery(
      Schema,
      Promise.resolve({ kind: ["dog", "cat"], sort: "shoe", size: "-1", q: "rex" }),
    );
    expect(read).toMatchObject({ kind: "dog", sort: "name", size: 25, q: "rex", tab: "open" });
  });
});

describe("chips", () => {
  it("stand for what is in force, in the words of the definition and in its order", () => {
    expect(texts({})).toEqual([]);
    expect(texts({ kind: "any", q: "rex", sort: "-name", tab: "closed" })).toEqual([]);
    expect(texts({ owner: "ann", to: "2026-05-03T10:00:00Z", from: "2026-05-01", shot: "yes", kind: "cat" })).toEqual([
      "Kind: Cat",
      "Shots: Yes",
      "Born from: 1 May 2026",
      "Born up to: 3 May 2026, 10:00 UTC",
      "Owner: ann",
    ]);
  });

  it("leave out a filter that this query does not offer", () => {
    expect(texts({ tab: "closed", shot: "yes" })).toEqual([]);
  });

  it("show the value itself where it has no word", () => {
    expect(texts({ shot: "no" })).toEqual(["Shots: no"]);
  });

  it("take their filter out of the address, and all of them together leave search, tab and order", () => {
    const address = "q=rex&tab=open&kind=cat&from=2026-05-01&owner=ann&sort=-name&cursor=abc";
    const chips = filterChips(pets, query(Object.fromEntries(new URLSearchParams(address))));
    expect(chips.map((chip) => changeListUrl("kind=cat&owner=ann", chip.remove))).toContain("?owner=ann");
    expect(changeListUrl(address, clearedFilters(chips))).toBe("?q=rex&tab=open&sort=-name");
  });
});

describe("the rows that a query means", () => {
  it("do not change with order, page and page size", () => {
    const meant = rowsMeant(pets, query({ q: "rex", kind: "cat" }));
    expect(meant).toBe("q=rex&kind=cat");
    expect(rowsMeant(pets, query({ q: "rex", kind: "cat", sort: "-name", size: "50", cursor: "abc" }))).toBe(meant);
  });

  it.each<Record<string, string>>([
    { q: "re" },
    { kind: "dog" },
    { tab: "closed" },
    { shot: "yes" },
    { from: "2026-05-01" },
    { owner: "ann" },
  ])("change with search, tab and every filter: %j", (address) => {
    expect(rowsMeant(pets, query(address))).not.toBe(rowsMeant(pets, query({})));
  });
});

test("search or a filter narrows a list; tab, order and place do not", () => {
  expect(isNarrowed(pets, query({ tab: "closed", sort: "-name", cursor: "abc", size: "50" }))).toBe(false);
  expect(isNarrowed(pets, query({ q: "rex" }))).toBe(true);
  expect(isNarrowed(pets, query({ owner: "ann" }))).toBe(true);
});

test("what leaves nothing is named", () => {
  const chips = filterChips(pets, query({ kind: "cat", owner: "ann" }));
  expect(noMatchWords("pets", "rex", chips)).toBe("No pets match “rex”, kind Cat, owner ann");
  expect(noMatchWords("pets", "", chips)).toBe("No pets match kind Cat, owner ann");
});
