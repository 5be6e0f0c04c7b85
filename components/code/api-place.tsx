"use client";

import { createContext, type ReactNode, useContext } from "react";

/** Where the Server API of the environment at hand is, and by which App Key. */
export interface ApiPlace {
  readonly apiUrl: string;
  readonly appKey: string;
}

const Context = createContext<ApiPlace | null>(null);

export function ApiPlaceProvider({ apiUrl, appKey, children }: ApiPlace & { children: ReactNode }) {
  return <Context value={{ apiUrl, appKey }}>{children}</Context>;
}

/** Null on the installation's own pages. */
export function useApiPlace(): ApiPlace | null {
  return useContext(Context);
}
