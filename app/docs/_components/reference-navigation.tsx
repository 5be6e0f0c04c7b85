"use client";

import { usePathname } from "next/navigation";
import { useState } from "react";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";

export interface NamedEndpoint {
  readonly operationId: string;
  readonly path: string;
  readonly summary: string;
}

interface Props {
  groups: ReadonlyArray<{ readonly name: string; readonly endpoints: readonly NamedEndpoint[] }>;
}

/** All endpoints by group; a box filters them by path and words. */
export function ReferenceNavigation({ groups }: Props) {
  const [text, setText] = useState("");
  const pathname = usePathname();
  const words = text.trim().toLowerCase().split(/\s+/);
  const matches = ({ path, summary, operationId }: NamedEndpoint) => {
    const all = `${path} ${summary} ${operationId}`.toLowerCase();
    return words.every((word) => all.includes(word));
  };
  const shown = groups.flatMap(({ name, endpoints }) => {
    const found = endpoints.filter(matches);
    return found.length === 0 ? [] : [{ name, endpoints: found }];
  });
  return (
    <nav aria-label="Endpoints" className="flex flex-col gap-4 text-13">
      <Field label="Find an endpoint" hideLabel>
        <Input
          type="search"
          value={text}
          placeholder="Find an endpoint"
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      {shown.length === 0 ? <p className="px-2 text-ink-muted">No endpoint matches “{text.trim()}”.</p> : null}
      {shown.map(({ name, endpoints }) => (
        <section key={name} aria-label={name}>
          <h2 className="px-2 pb-1 font-medium text-ink-muted text-xs">{name}</h2>
          <ul className="flex flex-col">
            {endpoints.map(({ operationId, path, summary }) => {
              const href = `/docs/${operationId}`;
              return (
                <li key={operationId}>
                  <Link
                    href={href}
                    aria-current={pathname === href ? "page" : undefined}
                    title={path}
                    className={cn(
                      "block rounded-md px-2 py-1.5 hover:bg-sunken",
                      pathname === href && "bg-sunken font-medium",
                    )}
                  >
                    {summary}
                  </Link>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </nav>
  );
}
