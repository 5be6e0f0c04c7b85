import type { LucideIcon } from "lucide-react";
import { CircleAlert, Lock, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { ErrorReference } from "@/components/failure/error-reference";
import { failureOf } from "@/components/failure/failure";
import { FailureStep } from "@/components/failure/failure-step";
import { Hydrated } from "@/components/layout/hydrated";
import type { ActionError } from "@/lib/console/action-result";
import { Button } from "./button";
import { cn } from "./class-names";

interface StateProps {
  icon: LucideIcon;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
  role?: "alert" | "status";
  heading?: "h1" | "h2" | "p";
}

function State({ icon: Icon, title, children, actions, className, role, heading: Heading = "h2" }: StateProps) {
  return (
    <div role={role} className={cn("mx-auto flex max-w-md flex-col items-center px-6 py-14 text-center", className)}>
      <span className="mb-3 flex size-10 items-center justify-center rounded-lg border bg-sunken text-ink-muted">
        <Icon aria-hidden className="size-5" />
      </span>
      {Heading === "h1" ? <Hydrated /> : null}
      <Heading className="font-semibold text-ink text-sm [overflow-wrap:anywhere]">{title}</Heading>
      {children ? <div className="mt-1 flex flex-col items-center gap-2 text-13 text-ink-muted">{children}</div> : null}
      {actions ? <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}

/** Never had data: one sentence, the primary action, a way to learn more. */
export function EmptyState(props: Omit<StateProps, "role">) {
  return <State {...props} />;
}

/** Data exists, but the search or the filters leave nothing. */
export function NoMatchState({
  title,
  reads,
  elsewhere,
  onClearSearch,
  onClearFilters,
}: {
  /** "No users match “ali”, status Banned" */
  title: ReactNode;
  /** How the search reads its text. */
  reads?: ReactNode;
  /** Where else to look: links, after the buttons. */
  elsewhere?: ReactNode;
  onClearSearch?: () => void;
  onClearFilters?: () => void;
}) {
  return (
    <State
      icon={SearchX}
      title={title}
      actions={
        <>
          {onClearSearch ? <Button onClick={onClearSearch}>Clear search</Button> : null}
          {onClearFilters ? <Button onClick={onClearFilters}>Clear filters</Button> : null}
          {elsewhere}
        </>
      }
    >
      {reads}
    </State>
  );
}

/** Something could not be loaded: why, in the words of its kind of failure, and the way on. */
export function ErrorState({
  title,
  error,
  onRetry,
  heading,
}: {
  /** "Could not load users" */
  title: ReactNode;
  error: ActionError;
  onRetry?: () => void;
  heading?: StateProps["heading"];
}) {
  const failure = failureOf(error, "read");
  return (
    <State
      icon={CircleAlert}
      role="alert"
      title={title}
      heading={heading}
      actions={<FailureStep failure={failure} onRetry={onRetry} />}
    >
      <p>{failure.sentence}</p>
      <ErrorReference code={error.code} requestId={error.requestId} className="justify-center" />
    </State>
  );
}

/** The operator's role does not reach. Says which role is needed and who can give it. */
export function NoPermissionState({
  what,
  needed,
  role,
  heading,
  actions,
}: {
  /** "change the plan" */
  what: string;
  /** The lowest role that may. */
  needed?: string;
  role?: string;
  heading?: StateProps["heading"];
  actions?: StateProps["actions"];
}) {
  return (
    <State icon={Lock} title={`You can’t ${what}`} heading={heading} actions={actions}>
      <p>
        {needed ? `This needs the role ${needed} or higher${role ? `; yours is ${role}` : ""}.` : null}
        {!needed && role ? `Your role, ${role}, isn’t enough.` : null} An owner can change it under Operators.
      </p>
    </State>
  );
}
