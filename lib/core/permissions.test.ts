import { describe, expect, test } from "vitest";
import { appUserOf, operatorOf, systemOf } from "@/test/support/context";
import type { EnvironmentRef } from "./actor";
import { lowestRole, OPERATOR_ROLES, PERMISSIONS, type Permission, requirePermission, roleMay } from "./permissions";

const ALL = Object.keys(PERMISSIONS) as Permission[];

describe("the table of permissions", () => {
  test("a role may do what the roles below it may", () => {
    for (const permission of ALL) {
      const answers = OPERATOR_ROLES.map((role) => roleMay(role, permission));
      expect(answers, permission).toEqual([...answers].sort());
      expect(answers.indexOf(true)).toBe(OPERATOR_ROLES.indexOf(lowestRole(permission)));
    }
  });

  test("a viewer changes nothing but the own account, and only owners say who the operators are", () => {
    const viewers = ALL.filter((permission) => roleMay("viewer", permission));
    expect(viewers.every((permission) => /\.read$|^account\./.test(permission))).toBe(true);
    expect(lowestRole("operators.manage")).toBe("owner");
  });

  test("says each thing once", () => {
    const words = ALL.map((permission) => PERMISSIONS[permission].words);
    expect(new Set(words).size).toBe(words.length);
  });
});

describe("requirePermission", () => {
  test("names the role that it takes and the one that asks", () => {
    expect(() => requirePermission(operatorOf("viewer", null), "users.ban")).toThrow(
      /role support or higher; yours is viewer/,
    );
    expect(() => requirePermission(operatorOf("support", null), "users.ban")).not.toThrow();
  });

  test("app users hold no permission, the installation itself all", () => {
    const appUser = appUserOf({ id: 1 } as unknown as EnvironmentRef, "alice");
    for (const permission of ALL) {
      expect(() => requirePermission(appUser, permission)).toThrow(/App users/);
      expect(() => requirePermission(systemOf(null), permission)).not.toThrow();
    }
  });
});
