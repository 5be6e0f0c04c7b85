import type { ReactNode } from "react";
import { ProductMark } from "@/components/layout/product-mark";
import { Link } from "@/components/ui/link";
import { ENDPOINT_GROUPS } from "@/lib/server-api/endpoint";
import { byGroup, OPENAPI_PATH } from "@/lib/server-api/openapi";
import { ReferenceNavigation } from "./_components/reference-navigation";

/** The frame of the Server API reference: for whoever writes an app server, without a sign-in. */
export default function ReferenceLayout({ children }: { children: ReactNode }) {
  const endpoints = byGroup();
  const groups = ENDPOINT_GROUPS.map((name) => ({
    name,
    endpoints: endpoints.flatMap(({ path, doc: { group, operationId, summary } }) =>
      group === name ? [{ operationId, path, summary }] : [],
    ),
  }));
  return (
    <div className="min-h-dvh bg-canvas">
      <header className="flex h-12 items-center gap-4 border-b bg-frame px-4 text-sm">
        <Link href="/" className="flex items-center gap-2.5 font-semibold">
          <ProductMark className="size-6" /> IM User Service
        </Link>
        <Link href="/docs" className="text-13 text-ink-muted hover:text-ink max-sm:hidden">
          Server API reference
        </Link>
        <a href={OPENAPI_PATH} className="ml-auto text-13 text-accent-ink underline underline-offset-2">
          openapi.json
        </a>
      </header>
      <div className="mx-auto flex max-w-7xl gap-8 px-4 max-lg:flex-col-reverse">
        <aside
          aria-label="Contents"
          className="w-64 shrink-0 py-6 lg:sticky lg:top-0 lg:max-h-dvh lg:self-start lg:overflow-y-auto max-lg:w-full"
        >
          <ReferenceNavigation groups={groups} />
        </aside>
        <main className="min-w-0 flex-1 py-6">{children}</main>
      </div>
    </div>
  );
}
