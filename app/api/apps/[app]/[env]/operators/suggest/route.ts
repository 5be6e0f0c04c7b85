import { defineEndpoint } from "@/lib/console/endpoint";
import { suggestOperators } from "@/lib/core/operators/suggest-operators";

/** The first operators for a typed text, for the command palette. They belong to no environment. */
export const GET = defineEndpoint({ permission: "operators.read", run: suggestOperators });
