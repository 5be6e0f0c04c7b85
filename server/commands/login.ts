import { keepLogin, readLogins } from "../console-client/logins";
import { consoleAddress, remoteConsole } from "../console-client/remote-console";
import { Failure } from "../installation/failure";
import { optional, type PlainCommand, required } from "./command";

interface WhoAmI {
  readonly operator: { readonly name: string; readonly email: string; readonly role: string } | null;
  readonly token: { readonly name: string; readonly scopes: readonly string[]; readonly expiresAt: string } | null;
}

const login: PlainCommand = {
  name: "login",
  usage: "--url ADDRESS --token TOKEN",
  summary: "keep a token for another machine’s console, so that --url alone is enough",
  needs: "nothing",
  flags: { url: { type: "string" }, token: { type: "string" } },
  async run({ env, flags }) {
    const url = consoleAddress(optional(flags, "url") ?? env.IM_CONSOLE_URL ?? required(flags, "url"));
    const token = optional(flags, "token") ?? env.IM_CONSOLE_TOKEN ?? required(flags, "token");
    const { operator, token: known } = await remoteConsole(url, token).call<WhoAmI>("GET", "/token");
    keepLogin(env, url, token);
    return {
      data: { url, operator, token: known },
      text: `${url} knows you as ${operator?.name} (${operator?.role}), with the token ${known?.name}: ${known?.scopes.join(", ")}, until ${known?.expiresAt}.`,
    };
  },
};

const logout: PlainCommand = {
  name: "logout",
  usage: "--url ADDRESS",
  summary: "forget the token; revoke it in the console under Account",
  needs: "nothing",
  flags: { url: { type: "string" } },
  async run({ env, flags }) {
    const url = consoleAddress(required(flags, "url"));
    if (!Object.hasOwn(readLogins(env), url)) throw new Failure(`There is no token for ${url} to forget.`);
    keepLogin(env, url, null);
    return { data: { url }, text: `The token for ${url} is forgotten here. It works until it is revoked or expires.` };
  },
};

export const loginCommands: readonly PlainCommand[] = [login, logout];
