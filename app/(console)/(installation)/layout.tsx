import type { ReactNode } from "react";
import { operatorPage } from "@/lib/console/page";
import { InstallationFrame } from "../_session/installation-frame";

/** The frame of pages that belong to no environment: apps, operators, account. */
export default async function InstallationLayout({ children }: { children: ReactNode }) {
  const { context, actor } = await operatorPage();
  return (
    <InstallationFrame context={context} actor={actor}>
      {children}
    </InstallationFrame>
  );
}
