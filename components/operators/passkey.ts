import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import type { ActionError, ActionResult } from "@/lib/console/action-result";

/** What the server asks the browser for; `options` are the browser's business. */
interface Question {
  readonly ticket: string;
  readonly options: unknown;
}

/** What goes back to the server. */
export interface PasskeyAnswer {
  readonly ticket: string;
  /** JSON */
  readonly response: string;
}

const refused = (message: string): { ok: false; error: ActionError } => ({
  ok: false,
  error: { code: "forbidden", message, requestId: "" },
});

/** Loaded when somebody uses a passkey. */
const library = () => import("@simplewebauthn/browser");

/** Proves a passkey with the browser's own dialog. A refusal when nobody did, or this browser has none. */
export async function provePasskey({ ticket, options }: Question): Promise<ActionResult<PasskeyAnswer>> {
  const { startAuthentication } = await library();
  try {
    const response = await startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON });
    return { ok: true, data: { ticket, response: JSON.stringify(response) } };
  } catch {
    // The browser does not say whether it was cancelled, took too long or has none.
    return refused("No passkey was used. Try again, or choose another way.");
  }
}

/** Makes a passkey with the browser's own dialog. A refusal when it did not come about. */
export async function makePasskey({ ticket, options }: Question): Promise<ActionResult<PasskeyAnswer>> {
  const { startRegistration } = await library();
  try {
    const response = await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON });
    return { ok: true, data: { ticket, response: JSON.stringify(response) } };
  } catch (error) {
    // The browser's word for a passkey of this account that it has already.
    const known = error instanceof Error && error.name === "InvalidStateError";
    return refused(known ? "This device has a passkey for you already." : "No passkey was made. Try again.");
  }
}
