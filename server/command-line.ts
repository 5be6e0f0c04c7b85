import { parseArgs } from "node:util";
import { AppError } from "@/lib/core/errors";
import { asInvalidInput, isInvalidInput } from "@/lib/core/invalid-input";
import { ownCommands } from "@/lib/own-commands";
import { appCommands } from "./commands/apps";
import { auditCommands } from "./commands/audit";
import { backupCommands } from "./commands/backup";
import { clockCommands } from "./commands/clock";
import { type Command, type CommandResult, type FlagValues, optional, UsageError } from "./commands/command";
import { consoleCommands } from "./commands/console";
import { doctorCommand, type ProgramFindings } from "./commands/doctor";
import { loginCommands } from "./commands/login";
import { operatorCommands } from "./commands/operators";
import { rotateMasterKeyCommand } from "./commands/rotate-master-key";
import { runCommands } from "./commands/runs";
import { scenarioCommands } from "./commands/scenarios";
import { seedLargeCommand } from "./commands/seed-large";
import { tokenCommands } from "./commands/tokens";
import { upgradeDatabaseCommand } from "./commands/upgrade-database";
import type { ConsoleClient } from "./console-client/console-client";
import { readLogins } from "./console-client/logins";
import { ownConsole } from "./console-client/own-console";
import { consoleAddress, remoteConsole } from "./console-client/remote-console";
import { Failure } from "./installation/failure";
import { withInstallation } from "./installation/runtime";
import { loadSettings } from "./installation/settings";
import { settingsOfInstallation } from "./installation/which";

const commandsOf = (programFindings: ProgramFindings): readonly Command[] => [
  ...consoleCommands,
  ...runCommands,
  ...clockCommands,
  ...scenarioCommands,
  ...appCommands,
  ...operatorCommands,
  ...tokenCommands,
  ...auditCommands,
  ...backupCommands,
  rotateMasterKeyCommand,
  upgradeDatabaseCommand,
  seedLargeCommand,
  doctorCommand(programFindings),
  ...loginCommands,
];

function help(commands: readonly Command[]): string {
  const rows = commands.map((command) => [
    `${command.needs === "console" ? "* " : "  "}${command.name} ${command.usage}`.trimEnd(),
    command.summary,
  ]);
  return `The command line of IM User Service, on the same rules as the console.

  ${ownCommands().cli} COMMAND [--json]

${rows.map(([usage, summary]) => `${usage}\n      ${summary}`).join("\n")}

  --json  print the result as JSON
  --help  this text

* also works on another machine's console, with a token from Account in that console:
  --url ADDRESS --token TOKEN, or IM_CONSOLE_URL and IM_CONSOLE_TOKEN; after \`login\` the address is enough

Exit codes: 0 done, 1 refused or failed, 2 wrongly typed.`;
}

/** What a command line reads and writes besides its arguments. */
export interface Terminal {
  readonly env: Record<string, string | undefined>;
  /** The result and nothing else. */
  out(text: string): void;
  /** Progress and refusals. */
  err(text: string): void;
}

export const THIS_TERMINAL: Terminal = {
  env: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};

/** Carries out one command line; gives the exit code. `programFindings` is what `doctor` says of the programs themselves. */
export async function runCommandLine(
  argv: readonly string[],
  terminal: Terminal,
  programFindings: ProgramFindings,
): Promise<number> {
  const commands = commandsOf(programFindings);
  try {
    if (argv.length === 0 || argv[0] === "help" || argv.includes("--help") || argv.includes("-h")) {
      (argv.length === 0 ? terminal.err : terminal.out)(`${help(commands)}\n`);
      return argv.length === 0 ? 2 : 0;
    }
    const { command, rest } = findCommand(commands, argv);
    const { values, positionals } = readFlags(command, rest);
    const { json, ...flags } = values;
    const result = await runCommand(command, flags, positionals, terminal);
    terminal.out(`${json === true ? JSON.stringify(result.data) : result.text}\n`);
    return result.exitCode ?? 0;
  } catch (error) {
    return explain(error, terminal);
  }
}

async function runCommand(
  command: Command,
  flags: FlagValues,
  positionals: readonly string[],
  terminal: Terminal,
): Promise<CommandResult> {
  if (command.needs === "nothing") return command.run({ env: terminal.env, flags });
  const remote = command.needs === "console" ? remoteOf(flags, terminal.env) : null;
  if (command.needs === "console" && remote !== null) return command.run(remote, flags, positionals);
  const settings = loadSettings(terminal.env);
  if (command.needs === "settings")
    return command.run(settings, flags, positionals, { env: terminal.env, say: (text) => terminal.err(`${text}\n`) });
  return withInstallation("cli", settingsOfInstallation(settings, terminal.env), (runtime) =>
    command.needs === "console"
      ? command.run(ownConsole(runtime), flags, positionals)
      : command.run(runtime, flags, positionals, terminal.err),
  );
}

/** Another machine's console, where one is named; null: this installation. Throws `UsageError` without a token for it. */
function remoteOf(flags: FlagValues, env: Terminal["env"]): ConsoleClient | null {
  const named = optional(flags, "url") ?? (env.IM_CONSOLE_URL || undefined);
  const token = optional(flags, "token") ?? (env.IM_CONSOLE_TOKEN || undefined);
  if (named === undefined) {
    if (token === undefined) return null;
    throw new UsageError("--url is missing: the address of the console that the token is for.");
  }
  const url = consoleAddress(named);
  const known = token ?? readLogins(env)[url];
  if (known === undefined) {
    throw new UsageError(
      `--token is missing: create one in ${url} under Account or with \`tokens create\`, or keep it with \`login\`.`,
    );
  }
  return remoteConsole(url, known);
}

function findCommand(
  commands: readonly Command[],
  argv: readonly string[],
): { command: Command; rest: readonly string[] } {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(" ");
    const command = commands.find((candidate) => candidate.name === name);
    if (command !== undefined) return { command, rest: argv.slice(words) };
  }
  const [group, verb] = argv;
  const verbs = commands.flatMap(({ name }) => (name.startsWith(`${group} `) ? [name.slice(`${group} `.length)] : []));
  if (verbs.length > 0) {
    const wrong =
      verb === undefined || verb.startsWith("-")
        ? `\`${group}\` needs a word after it`
        : `There is no command "${group} ${verb}"`;
    throw new UsageError(`${wrong}: ${verbs.map((word) => `${group} ${word}`).join(", ")}.`);
  }
  throw new UsageError(`There is no command "${group}": ${commands.map(({ name }) => name).join(", ")}.`);
}

function readFlags(command: Command, rest: readonly string[]) {
  const most = command.positionals?.length ?? 0;
  try {
    const parsed = parseArgs({
      args: [...rest],
      options: {
        ...command.flags,
        ...(command.needs === "console" ? { url: { type: "string" }, token: { type: "string" } } : {}),
        json: { type: "boolean" },
      },
      allowPositionals: true,
    });
    const extra = parsed.positionals[most];
    if (extra !== undefined) throw new UsageError(`"${extra}" is not expected after \`${command.name}\`.`);
    return { values: parsed.values as Record<string, string | boolean | undefined>, positionals: parsed.positionals };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const [sentence] = (error as Error).message.split(". ");
    throw new UsageError(`${sentence}. Usage: ${command.name} ${command.usage}`.trimEnd());
  }
}

function explain(thrown: unknown, terminal: Terminal): number {
  const say = (text: string) => terminal.err(`${text}\n`);
  if (thrown instanceof UsageError) {
    say(`${thrown.message}\nSee: ${ownCommands().cli} --help`);
    return 2;
  }
  const error = isInvalidInput(thrown) ? asInvalidInput(thrown) : thrown;
  if (error instanceof AppError) {
    say(`${error.message} (${error.code})`);
    return 1;
  }
  if (error instanceof Failure) {
    say(error.message);
    return 1;
  }
  say(String((error as Error).stack ?? error));
  return 1;
}
