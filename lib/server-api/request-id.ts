import { newId } from "@/lib/core/ids";

const GIVEN = /^[\x21-\x7e]{1,36}$/;

/** The caller's X-Request-ID when it is usable, else a new one (contract section 1.1). */
export function requestIdFrom(header: string | null): string {
  return header !== null && GIVEN.test(header) ? header : newId.request();
}
