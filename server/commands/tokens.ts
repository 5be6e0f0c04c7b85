import type { TokenScope } from "@/lib/core/actor";
import { createTokenFor } from "@/lib/core/operator-tokens/create-token";
import { SCOPE_NAMES } from "@/lib/core/operator-tokens/facts";
import { listAllTokens } from "@/lib/core/operator-tokens/list-tokens";
import { revokeAnyToken } from "@/lib/core/operator-tokens/revoke-token";
import { systemActor } from "../installation/first-run";
import { type CoreCommand, type FlagValues, minutesIn, optional, required, table, UsageError } from "./command";

const text = { type: "string" } as const;

const DEFAULT_MINUTES = 30 * 1440;

/** The words of --scopes. Throws `UsageError` for one that is no scope. */
function scopesIn(flags: FlagValues): TokenScope[] {
  return required(flags, "scopes")
    .split(",")
    .map((word) => {
      const scope = SCOPE_NAMES.find((name) => name === word.trim());
      if (scope === undefined) throw new UsageError(`--scopes must be of ${SCOPE_NAMES.join(", ")}, not "${word}".`);
      return scope;
    });
}

const create: CoreCommand = {
  name: "tokens create",
  usage: "--name NAME --scopes read,apps,… [--email ADDRESS] [--app ID] [--ttl 30d]",
  summary: "make a token of an operator, for CI, and print it this once; without --email of the only owner",
  needs: "installation",
  flags: { name: text, scopes: text, email: text, app: text, ttl: text },
  async run({ context }, flags) {
    const made = await createTokenFor(context, systemActor("cli"), {
      name: required(flags, "name"),
      scopes: scopesIn(flags),
      email: optional(flags, "email"),
      appId: optional(flags, "app") ?? null,
      minutes: minutesIn(flags, "ttl") ?? DEFAULT_MINUTES,
    });
    return {
      data: made,
      text: `${made.token}\n\nThe token ${made.name} of ${made.operator.email} works until ${made.expiresAt.toISOString()}. Keep it: it isn’t shown again.`,
    };
  },
};

const list: CoreCommand = {
  name: "tokens list",
  usage: "",
  summary: "the tokens that work, and whose they are",
  needs: "installation",
  flags: {},
  async run({ context }) {
    const tokens = await listAllTokens(context, systemActor("cli"));
    const lines = tokens.map(({ id, name, operator, scopes, app, expiresAt, lastUsedAt }) => [
      id,
      name,
      operator.email,
      scopes.join(","),
      app?.id ?? "every app",
      expiresAt.toISOString(),
      lastUsedAt?.toISOString() ?? "never",
    ]);
    const head = ["token", "name", "operator", "scopes", "app", "expires", "last used"];
    return { data: tokens, text: lines.length === 0 ? "There are no tokens." : table([head, ...lines]) };
  },
};

const revoke: CoreCommand = {
  name: "tokens revoke",
  usage: "--id TOKEN",
  summary: "end a token at once, by its id of `tokens list`",
  needs: "installation",
  flags: { id: text },
  async run({ context }, flags) {
    const tokenId = required(flags, "id");
    const { name, email } = await revokeAnyToken(context, systemActor("cli"), { tokenId });
    return { data: { id: tokenId, name, email }, text: `The token ${name} of ${email} no longer works.` };
  },
};

export const tokenCommands: readonly CoreCommand[] = [create, list, revoke];
