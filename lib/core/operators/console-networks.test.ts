import { beforeAll, expect, test } from "vitest";
import { systemOf, testContext, withRole } from "@/test/support/context";
import { createTestOperator } from "@/test/support/operators";
import type { Operator } from "../actor";
import { changeConsoleNetworks, readConsoleNetworks } from "./change-console-networks";

const context = testContext();
let owner: Operator;

beforeAll(async () => {
  owner = { ...(await createTestOperator(context(), "owner")), ip: "203.0.113.7" };
});

const change = (networks: string, actor: Parameters<typeof changeConsoleNetworks>[1] = owner, its = context()) =>
  changeConsoleNetworks(its, actor, { networks });

test("owners say where the console is open, and cannot shut themselves out", async () => {
  await expect(change("10.0.0.0/8")).rejects.toMatchObject({
    code: "invalid_parameter",
    field: "networks",
    message: "Your address, 203.0.113.7, is in none of these: you would shut yourself out.",
  });
  await expect(change("10.0.0.0/8", { ...owner, ip: "" })).rejects.toMatchObject({ field: "networks" });
  await expect(change("10.0.0.0/8\nnonsense")).rejects.toThrow(/network/);
  await expect(change("203.0.113.7", withRole(owner, "admin"))).rejects.toMatchObject({ code: "forbidden" });
  await expect(change("203.0.113.7", { ...owner, fresh: false })).rejects.toMatchObject({
    code: "confirmation_needed",
  });
  await change("10.0.0.0/8, 203.0.113.0/24");
  expect(await readConsoleNetworks(context(), owner)).toEqual({
    networks: "10.0.0.0/8\n203.0.113.0/24",
    fromEnvironment: false,
  });
  await expect(changeConsoleNetworks(context(), owner, { networks: "", seen: { networks: "" } })).rejects.toMatchObject(
    { code: "version_conflict" },
  );
  const [entry] = await context().db.prisma.auditEntry.findMany({
    where: { action: "operator.console_networks_changed" },
  });
  expect(entry).toMatchObject({ before: { networks: "" }, after: { networks: "10.0.0.0/8\n203.0.113.0/24" } });
});

test("whoever runs the installation opens it by the command line, wherever they are", async () => {
  await change("192.0.2.0/24", systemOf(null));
  expect((await readConsoleNetworks(context(), owner)).networks).toBe("192.0.2.0/24");
  await change("", systemOf(null));
  expect((await readConsoleNetworks(context(), owner)).networks).toBe("");
});

test("an environment variable goes before what is stored", async () => {
  const its = { ...context(), consoleNetworks: ["10.0.0.0/8"] };
  expect(await readConsoleNetworks(its, owner)).toEqual({ networks: "10.0.0.0/8", fromEnvironment: true });
  for (const actor of [owner, systemOf(null)]) {
    await expect(change("203.0.113.7", actor, its)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("CONSOLE_ALLOW_FROM"),
    });
  }
});
