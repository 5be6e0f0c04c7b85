import { auditKeyOf, retiredAuditKeysOf } from "@/lib/core/audit/audit-key";
import { checkEveryLog, type NamedCheck } from "@/lib/core/audit/check-log";
import { hasSeal } from "@/lib/core/audit/verify-chain";
import { createSecretBox, type SecretBox } from "@/lib/core/secrets";
import type { Env } from "@/lib/env";
import { findMasterKey } from "../installation/master-key";
import { type Command, type CoreCommand, type FlagValues, optional, type SettingsCommand, UsageError } from "./command";
import { readExportedLog } from "./exported-log";

/** One log in a line, and what does not fit in lines below it. */
function lineOf({ name, entries, sealedAt, head, waiting, misfits, removedThrough }: NamedCheck): string {
  const sealed = sealedAt === null ? "not sealed yet" : `sealed up to ${sealedAt.toISOString()}`;
  const verdict = misfits.length === 0 ? `${entries} sealed entries fit` : `of ${entries} sealed entries not all fit`;
  const removed =
    removedThrough === 0 ? "" : `; those of seals 1 to ${removedThrough} were removed by the retention rule`;
  const wait = waiting === 0 ? "" : `; ${waiting === 100 ? "100 or more" : waiting} wait for their seal`;
  const at = head === null ? "" : `\n      seal ${head.sequence}: ${head.hash}`;
  const words = misfits.map((misfit) => `\n      ${misfit.words}`).join("");
  return `${misfits.length === 0 ? "ok   " : "WRONG"}  ${name}: ${verdict}, ${sealed}${removed}${wait}.${at}${words}`;
}

const check: CoreCommand = {
  name: "audit check",
  usage: "[FILE]",
  summary: "compare the audit log of every environment with its seals, and an exported log with the log as it is",
  needs: "installation",
  flags: {},
  positionals: ["file"],
  async run({ context }, _flags, [file]) {
    const { logs, misfits } = await checkEveryLog(context);
    const words = misfits.map((misfit) => misfit.words);
    if (file !== undefined) {
      const found = await readExportedLog(file);
      const head = found.state === "not signed" ? null : found.statement.head;
      if (found.state !== "whole")
        words.push(`${file} is ${found.state === "changed" ? "not as it was exported" : found.state}.`);
      else if (!auditKeysOf(context.secrets).includes(found.statement.publicKey))
        words.push(`${file} was exported by another installation.`);
      else if (head !== null && !(await hasSeal(context, found.statement.environmentId, head)))
        words.push(
          `The log of ${found.statement.of} no longer has seal ${head.sequence}, which ${file} names: it was cut off or set back.`,
        );
    }
    const count = logs.reduce((sum, log) => sum + log.misfits.length, words.length);
    const lines = [...logs.map(lineOf), ...words.map((sentence) => `WRONG  ${sentence}`)];
    return {
      data: { ok: count === 0, logs, findings: words },
      text: [...lines, "", count === 0 ? "Everything fits." : `${count} findings.`].join("\n"),
      exitCode: count === 0 ? 0 : 1,
    };
  },
};

/** What this installation signs with, and signed with before its master key was rotated. */
const auditKeysOf = (secrets: SecretBox): string[] =>
  [auditKeyOf(secrets), ...retiredAuditKeysOf(secrets)].map(({ publicKey }) => publicKey);

/** The public key that a file must be signed with: as given, or this installation's. */
function expectedKey(settings: Env, flags: FlagValues): string {
  const given = optional(flags, "key");
  if (given !== undefined) return given;
  const found = findMasterKey(settings);
  if (found === null)
    throw new UsageError("--key is missing: the public key of the installation, which `audit key` prints there.");
  return auditKeyOf(createSecretBox(found.key)).publicKey;
}

const verify: SettingsCommand = {
  name: "audit verify",
  usage: "FILE [--key PUBLIC-KEY]",
  summary: "check that an exported audit log is as it was exported; needs no database",
  needs: "settings",
  flags: { key: { type: "string" } },
  positionals: ["file"],
  async run(settings, flags, [file]) {
    if (file === undefined) throw new UsageError("Name the file to verify.");
    const key = expectedKey(settings, flags);
    const found = await readExportedLog(file);
    if (found.state === "not signed") {
      const text = `${file} is not a signed audit log, or its end is missing or was changed.`;
      return { data: { ok: false, state: found.state }, text, exitCode: 1 };
    }
    const { state, statement } = found;
    const signedHere = statement.publicKey === key;
    const { of, at, rows, head } = statement;
    const lines = [
      !signedHere
        ? `${file} was signed with another key: ${statement.publicKey}`
        : state === "whole"
          ? `${file} is as it was exported.`
          : `${file} was changed after it was exported.`,
      `  ${rows} ${rows === 1 ? "entry" : "entries"} of ${of}, exported at ${at}`,
      head === null ? "  before anything was sealed" : `  after seal ${head.sequence}: ${head.hash}`,
    ];
    const ok = signedHere && state === "whole";
    return {
      data: { ok, state: signedHere ? state : "other key", statement },
      text: lines.join("\n"),
      exitCode: ok ? 0 : 1,
    };
  },
};

const key: SettingsCommand = {
  name: "audit key",
  usage: "",
  summary: "print the public key that this installation signs its audit log with",
  needs: "settings",
  flags: {},
  async run(settings) {
    const publicKey = expectedKey(settings, {});
    return { data: { publicKey }, text: publicKey };
  },
};

export const auditCommands: readonly Command[] = [check, verify, key];
