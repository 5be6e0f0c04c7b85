import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filterChips } from "@/components/data-table/list-address";
import { auditList } from "./audit-list";
import { AuditQuerySchema, auditFilterOf } from "./audit-query";

const NOW = Date.parse("2026-05-03T12:00:00Z");

describe("the address of the audit log", () => {
  it("means the whole log of the environment when it says nothing", () => {
    const params = AuditQuerySchema.parse({});
    expect(params).toMatchObject({ scope: "environment", size: 25 });
    expect(filterChips(auditList, params)).toEqual([]);
  });

  it("turns a preset into the moment at which it begins, whatever else was left in the address", () => {
    const params = AuditQuerySchema.parse({ range: "1h", from: "2020-01-01", to: "2020-02-01" });
    const filter = auditFilterOf(params, NOW);
    expect(filter.from).toBe("2026-05-03T11:00:00.000Z");
    expect(filter.to).toBeUndefined();
  });

  it("keeps the days of a custom range", () => {
    const query = AuditQuerySchema.parse({ range: "custom", from: "2026-05-01", to: "2026-05-02" });
    expect(auditFilterOf(query, NOW)).toMatchObject({ from: "2026-05-01", to: "2026-05-02" });
    expect(filterChips(auditList, query)).toMatchObject([{ text: "Time: 2026-05-01 to 2026-05-02" }]);
  });

  it("falls back instead of failing, whatever stands in it", () => {
    const names = ["scope", "q", "action", "actorKind", "result", "from", "to", "range", "size", "cursor", "entry"];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (query) => {
        const params = AuditQuerySchema.parse(query);
        expect(() => auditFilterOf(params, NOW)).not.toThrow();
      }),
    );
  });
});
