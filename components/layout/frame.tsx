import type { ReactNode } from "react";
import { ConnectionNotice } from "@/components/failure/connection-notice";
import { RecentsProvider } from "@/components/palette/recents";
import { Alert } from "@/components/ui/alert";
import { cn } from "@/components/ui/class-names";
import { ZoneName } from "@/components/ui/time";
import { placeBase, productionState } from "./frame-data";
import { FrameHeader, type FrameHeaderProps } from "./frame-header";
import { MainNavigation } from "./main-navigation";
import { RememberPlace } from "./remember-place";

const STRIPE = { development: "bg-development", production: "bg-production" };

/** Stripe, header, left menu and the main area. Each page begins with a PageHeader; `notice` stands above it on all of them. */
export function Frame({ children, notice, ...header }: FrameHeaderProps & { notice?: ReactNode; children: ReactNode }) {
  const { place } = header;
  return (
    <RecentsProvider operatorId={header.operator.operatorId} place={place}>
      <div
        className="flex min-h-dvh flex-col [--frame-top:52px] has-data-notice:[--frame-top:88px]"
        data-environment={place?.environment}
      >
        <a
          href="#content"
          className="-translate-y-20 fixed top-2 left-2 z-50 rounded-md bg-overlay px-3 py-2 font-medium text-13 shadow-overlay focus:translate-y-0"
        >
          Skip to content
        </a>
        <div className="sticky top-0 z-30">
          <div
            aria-hidden
            data-stripe
            className={cn("h-[3px] forced-color-adjust-none", place ? STRIPE[place.environment] : "bg-pressed")}
          />
          <FrameHeader {...header} />
          <ConnectionNotice />
        </div>
        <div className="flex flex-1">
          <aside className="sticky top-(--frame-top) hidden h-[calc(100dvh-var(--frame-top))] w-56 shrink-0 overflow-y-auto border-r bg-frame px-3 py-4 lg:block">
            <MainNavigation place={place} operator={header.operator} />
          </aside>
          <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 py-6 outline-none sm:px-8">
            <div className="mx-auto max-w-[1280px]">
              {place?.environment === "production" && productionState(place.app) === "closed" ? (
                <Alert tone="warn" title="Production is closed on the free plan" className="mb-5">
                  Its data is kept. The Server API and connections are refused with code 1006 until an owner upgrades
                  the plan under App settings.
                </Alert>
              ) : null}
              {notice}
              {children}
              <p className="mt-8 min-h-4 text-ink-faint text-xs">
                <ZoneName />
              </p>
            </div>
          </main>
        </div>
        {place ? <RememberPlace path={`${placeBase(place)}/overview`} /> : null}
      </div>
    </RecentsProvider>
  );
}
