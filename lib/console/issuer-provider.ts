import type { OAuthConfig } from "next-auth/providers/oauth";
import { type Claims, type IssuerPerson, readPerson } from "@/lib/core/oidc/claims";
import type { IssuerRefusal, IssuerSettings } from "@/lib/core/oidc/schema";
import { ISSUER_CALL_MS, issuerAgent } from "./issuer-connection";
import { ISSUER_ID } from "./issuer-words";

/** What has come of a sign-in at the issuer: NextAuth tells of a failure only that there was one. */
export interface AtIssuer {
  person?: IssuerPerson;
  failure?: IssuerRefusal;
}

const withoutSlash = (text: unknown) => (typeof text === "string" ? text.replace(/\/+$/, "") : "");

/** What went wrong with an answer of the issuer, by the properties that the client's errors have. */
export function failureOf(error: unknown): IssuerRefusal {
  const { name = "", ...told } = error as { readonly name?: string } & Readonly<Record<string, unknown>>;
  if (name === "OPError") return "issuer";
  if (name === "OtherIssuer") return "mismatch";
  if (name !== "RPError") return "unreachable";
  if ("now" in told && ("iat" in told || "exp" in told || "nbf" in told)) return "clock";
  return "jwt" in told || "checks" in told || "params" in told ? "mismatch" : "unreachable";
}

/**
 * The issuer as NextAuth knows it: discovery, PKCE, state and nonce, and an ID token signed with RS256, which every issuer can.
 * `fresh`: people prove themselves there once more, whether or not they are signed in.
 */
export function issuerProvider(
  settings: IssuerSettings,
  { redirectUri, fresh, came }: { redirectUri: string; fresh: boolean; came: AtIssuer },
): OAuthConfig<Claims> {
  return {
    id: ISSUER_ID,
    name: settings.name,
    type: "oauth",
    wellKnown: `${settings.issuer}/.well-known/openid-configuration`,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    client: { redirect_uris: [redirectUri], id_token_signed_response_alg: "RS256" },
    httpOptions: { agent: issuerAgent(settings.issuer), timeout: ISSUER_CALL_MS },
    authorization: {
      params: {
        scope: settings.scopes,
        redirect_uri: redirectUri,
        ...(fresh ? { prompt: "login", max_age: 0 } : {}),
      },
    },
    token: {
      async request({ client, params, checks }) {
        try {
          // A document may name another issuer than the one it was asked of.
          if (withoutSlash(client.issuer.metadata.issuer) !== settings.issuer) throw new OtherIssuer();
          return { tokens: await client.callback(redirectUri, params, checks) };
        } catch (error) {
          came.failure = failureOf(error);
          throw error;
        }
      },
    },
    userinfo: {
      async request({ client, tokens }) {
        try {
          const token = (tokens as { claims(): Claims }).claims();
          const asks = client.issuer.metadata.userinfo_endpoint !== undefined && tokens.access_token !== undefined;
          const info: Claims = asks ? await client.userinfo(String(tokens.access_token)) : {};
          // That of another person is of nobody.
          if (asks && info.sub !== token.sub) throw new OtherIssuer();
          came.person = readPerson(settings, token, info);
          return token as never;
        } catch (error) {
          came.failure = failureOf(error);
          throw error;
        }
      },
    },
    profile: (claims) => ({ id: String(claims.sub) }),
  };
}

class OtherIssuer extends Error {
  override name = "OtherIssuer";
}
