import type { TokenScope } from "../actor";
import { TOKEN_SCOPES } from "../permissions";

export const TOKEN_DAYS = [1, 7, 30, 90, 365] as const;

export const SCOPE_NAMES = Object.keys(TOKEN_SCOPES) as [TokenScope, ...TokenScope[]];
