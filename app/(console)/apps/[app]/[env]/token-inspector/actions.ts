"use server";

import { defineAction } from "@/lib/console/action";
import { inspectToken } from "@/lib/core/tokens/inspect-token";

/** Neither stores nor logs the token. */
export const inspectTokenAction = defineAction({ permission: "tokens.inspect", run: inspectToken });
