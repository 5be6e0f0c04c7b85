import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AuditParamsSchema, auditFilterOf, isFiltered } from "./search-params";

const NOW = Date.parse("2026-05-03T12:00:00Z");

describe("the address of the audit log", () => {
  it("means the whole log of the environment when it says nothing", () => {
    const params = AuditParamsSchema.parse({});
    expect(params).toMatchObject({ scope: "environment", tz: "local", size: 25 });
    expect(isFiltered(auditFilterOf(params, NOW))).toBe(false);
  });

  it("turns a preset into the moment at which it begins, whatever else was left in the address", () => {
    const params = AuditParamsSchema.parse({ range: "1h", from: "2020-01-01", to: "2020-02-01" });
    const filter = auditFilterOf(params, NOW);
    expect(filter.from).toBe("2026-05-03T11:00:00.000Z");
    expect(filter.to).toBeUndefined();
  });

  it("keeps the days of a custom range", () => {
    const filter = auditFilterOf(
      AuditParamsSchema.parse({ range: "custom", from: "2026-05-01", to: "2026-05-02" }),
      NOW,
    );
    expect(filter).toMatchObject({ from: "2026-05-01", to: "2026-05-02" });
    expect(isFiltered(filter)).toBe(true);
  });

  it("falls back instead of failing, whatever stands in it", () => {
    const names = [
      "scope",
      "q",
      "action",
      "actorKind",
      "result",
      "from",
      "to",
      "range",
      "tz",
      "size",
      "cursor",
      "entry",
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (query) => {
        const params = AuditParamsSchema.parse(query);
        expect(() => auditFilterOf(params, NOW)).not.toThrow();
      }),
    );
  });
});
