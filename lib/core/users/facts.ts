import { isStorable, longerThanBytes } from "../input/text-rules";

/** Most days of "not seen for". */
export const UNSEEN_MAX_DAYS = 3_650;

export const USER_ID_MAX_BYTES = 64;

/** As `UserIdSchema` reads it: whether it may be the id of somebody. */
export const canBeUserId = (text: string): boolean =>
  text !== "" && isStorable(text) && !longerThanBytes(text, USER_ID_MAX_BYTES);
