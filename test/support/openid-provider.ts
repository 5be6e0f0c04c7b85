import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

/** An account at the issuer, as a test changes it. */
export interface IssuerAccount {
  readonly sub: string;
  email?: string;
  emailVerified?: boolean | string;
  name?: string;
  groups?: readonly string[];
  /** How the person proves themselves there. */
  amr?: readonly string[];
}

export interface OpenIdProvider {
  /** Its address, as it spells itself. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whoever signs in there next, without being asked. `null`: they refuse. */
  person: IssuerAccount | null;
  /** Answers a request instead of the provider, when it gives true. */
  instead: ((request: IncomingMessage, response: ServerResponse) => boolean) | null;
  /** How often people were asked who they are. */
  asked: number;
  close(): Promise<void>;
}

const CLIENT = { clientId: "console", clientSecret: "a client secret of the tests" };

/** A real OpenID provider (oidc-provider) on a port of its own; `redirectUri` is the console's. Whoever comes signs in at once. */
export async function startOpenIdProvider(redirectUri: string): Promise<OpenIdProvider> {
  const accounts = new Map<string, IssuerAccount>();
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    claims: {
      openid: ["sub", "amr"],
      email: ["email", "email_verified"],
      profile: ["name"],
      groups: ["groups"],
    },
    scopes: ["openid", "email", "profile", "groups"],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ["a key of the tests"] },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, id) => {
      const account = accounts.get(id);
      return account === undefined
        ? undefined
        : {
            accountId: id,
            claims: () => ({
              sub: id,
              email: account.email,
              email_verified: account.emailVerified as boolean | undefined,
              name: account.name,
              groups: account.groups,
            }),
          };
    },
  });
  const control: OpenIdProvider = {
    issuer,
    ...CLIENT,
    person: null,
    instead: null,
    asked: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    control.asked += 1;
    const { prompt, params } = await provider.interactionDetails(request, response);
    const { person } = control;
    if (person === null) {
      return provider.interactionFinished(request, response, { error: "access_denied" });
    }
    accounts.set(person.sub, person);
    const grant = new provider.Grant({ accountId: person.sub, clientId: String(params.client_id) });
    grant.addOIDCScope("openid email profile groups");
    const consent = { grantId: await grant.save() };
    const login = { accountId: person.sub, ...(person.amr === undefined ? {} : { amr: [...person.amr] }) };
    await provider.interactionFinished(request, response, prompt.name === "login" ? { login, consent } : { consent });
  };
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (control.instead?.(request, response)) return;
    if (!request.url?.startsWith("/interaction/")) return void answer(request, response);
    interact(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  return control;
}
