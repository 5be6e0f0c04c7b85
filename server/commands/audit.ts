import { auditKeyOf } from "@/lib/core/audit/audit-key";
import { checkEveryLog, type NamedCheck } from "@/lib/core/audit/check-log";
import type { CoreCommand } from "./command";

/** One log in a line, and what does not fit in lines below it. */
function lineOf({ name, entries, sealedAt, head, waiting, misfits, removedThrough }: NamedCheck): string {
  const sealed = sealedAt === null ? "not sealed yet" : `sealed up to ${sealedAt.toISOString()}`;
  const verdict = misfits.length === 0 ? `${entries} sealed entries fit` : `of ${entries} sealed entries not all fit`;
  const removed =
    removedThrough === 0 ? "" : `; those of seals 1 to ${removedThrough} were removed by the retention rule`;
  const wait = waiting === 0 ? "" : `; ${waiting === 100 ? "100 or more" : waiting} wait for their seal`;
  const at = head === null ? "" : `\n      seal ${head.sequence}: ${head.hash}`;
  return `${misfits.length === 0 ? "ok   " : "WRONG"}  ${name}: ${verdict}, ${sealed}${removed}${wait}.${at}${misfits
    .map(({ words }) => `\n      ${words}`)
    .join("")}`;
}

const check: CoreCommand = {
  name: "audit check",
  usage: "",
  summary: "compare the audit log of every environment with its seals",
  needs: "installation",
  flags: {},
  async run({ context }) {
    const { logs, misfits } = await checkEveryLog(context);
    const found = [...logs.flatMap((log) => log.misfits), ...misfits];
    const lines = [...logs.map(lineOf), ...misfits.map(({ words }) => `WRONG  ${words}`)];
    return {
      data: { ok: found.length === 0, logs, misfits },
      text: [...lines, "", found.length === 0 ? "Everything fits." : `${found.length} findings.`].join("\n"),
      exitCode: found.length === 0 ? 0 : 1,
    };
  },
};

const key: CoreCommand = {
  name: "audit key",
  usage: "",
  summary: "print the public key that this installation signs its audit log with",
  needs: "installation",
  flags: {},
  async run({ context }) {
    const { publicKey } = auditKeyOf(context.secrets);
    return { data: { publicKey }, text: publicKey };
  },
};

export const auditCommands: readonly CoreCommand[] = [check, key];
