import { AppError } from "../errors";
import { hashPassword } from "./password";
import { type PasswordOwner, passwordStrength } from "./password-strength";

/**
 * The hash of a password that was chosen, by or for `owner`. The only way to one: whatever sets a password asks how hard it is to
 * guess. Throws `invalid_parameter` at `field` for one that is easy.
 */
export async function choosePassword(password: string, owner: PasswordOwner, field = "password"): Promise<string> {
  const { problem } = await passwordStrength(password, owner);
  if (problem !== null) {
    const message = `${problem} Use three or four words that have nothing to do with each other.`;
    throw new AppError("invalid_parameter", { field, message });
  }
  return hashPassword(password);
}
