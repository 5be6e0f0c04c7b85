import { z } from "zod";
import type { Operator } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { addressText } from "../input/text";
import { requirePermission } from "../permissions";
import { createPictures, type Picture } from "./pictures";

const MAX_ADDRESS = 4_096;
const GetAvatarSchema = z.object({ url: addressText(MAX_ADDRESS) });

const ofProcess = new WeakMap<Context["outbound"], ReturnType<typeof createPictures>>();

function picturesOf({ outbound }: Context) {
  const known = ofProcess.get(outbound) ?? createPictures(outbound);
  ofProcess.set(outbound, known);
  return known;
}

/**
 * The picture at an address that a user's profile names, fetched by this process, so that no operator's browser asks
 * strangers' hosts: at most 1 MB, of a type that cannot carry script. Throws `not_found` where there is none.
 */
export async function getAvatar(
  context: Context,
  actor: Operator,
  input: z.input<typeof GetAvatarSchema>,
): Promise<Picture> {
  requirePermission(actor, "users.read");
  const { url } = GetAvatarSchema.parse(input);
  const picture = /^https?:\/\//i.test(url) && URL.canParse(url) ? await picturesOf(context)(url) : null;
  if (picture === null) throw new AppError("not_found", { message: "There is no picture at this address." });
  return picture;
}
