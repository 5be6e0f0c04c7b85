import { cookies } from "next/headers";
import type { SecondStep } from "@/lib/core/errors";
import { resumeSignIn } from "@/lib/core/operators/finish-sign-in";
import { passkeySite } from "./passkey-site";
import { consoleRuntime } from "./runtime";
import { cookieName } from "./session-cookie";

/** The second step that this browser has still to take, after the issuer has led it back here; null: none. */
export async function begunSecondStep(): Promise<SecondStep | null> {
  const jar = await cookies();
  const { context, env } = await consoleRuntime();
  const ticket = jar.get(cookieName(env, "step"))?.value;
  return ticket === undefined ? null : resumeSignIn(context, await passkeySite(), ticket);
}
