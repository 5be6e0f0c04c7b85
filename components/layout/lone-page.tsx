import type { ReactNode } from "react";
import packageJson from "@/package.json";
import { Hydrated } from "./hydrated";
import { ProductMark } from "./product-mark";

/** A page outside the frame: sign-in, set-up, invitation, not found. One column in the middle. */
export function LonePage({ children, footer }: { children: ReactNode; footer?: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col bg-frame">
      <main id="content" className="flex flex-1 flex-col items-center justify-center px-4 py-10">
        <div className="mb-6 flex items-center gap-2.5 font-semibold text-sm">
          <ProductMark className="size-7" /> IM User Service
        </div>
        {children}
      </main>
      {footer ? <footer className="pb-6 text-center text-ink-faint text-xs">{footer}</footer> : null}
    </div>
  );
}

/** The card of a LonePage, with the page's h1. */
export function LoneCard({
  title,
  description,
  children,
}: {
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="w-full max-w-sm rounded-xl border bg-surface p-6 shadow-raised">
      <Hydrated />
      <h1 className="font-semibold text-title">{title}</h1>
      {description ? <p className="mt-1 text-13 text-ink-muted">{description}</p> : null}
      <div className="mt-5">{children}</div>
    </section>
  );
}

/** The footer of pages that are seen before signing in. */
export function Version() {
  return <>Version {packageJson.version}</>;
}
