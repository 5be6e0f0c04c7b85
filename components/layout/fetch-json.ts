import type { ActionError } from "@/lib/console/action-result";

/** A refusal by one of the console's endpoints, or no answer at all. */
export class EndpointError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly requestId: string,
  ) {
    super(message);
    this.name = "EndpointError";
  }
}

/** GETs JSON from the console's own endpoints. Throws `EndpointError` with the endpoint's code and request id. */
export async function fetchJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal, headers: { accept: "application/json" } });
  if (response.ok) return (await response.json()) as T;
  const body = (await response.json().catch(() => null)) as { error?: ActionError } | null;
  throw new EndpointError(
    body?.error?.code ?? "internal",
    body?.error?.message ?? `The console answered with status ${response.status}.`,
    body?.error?.requestId ?? "",
  );
}
