"use client";

import { useEffect, useRef, useState } from "react";
import { failureOfThrown } from "@/components/failure/unanswered";
import { ErrorState } from "@/components/ui/states";
import type { ActionError } from "@/lib/console/action-result";
import "swagger-ui-dist/swagger-ui.css";
import "./api-reference.css";

type State = "loading" | "ready" | { readonly failed: ActionError };

/** The description at `source`, drawn by Swagger UI from this installation's own files. */
export function ApiReference({ source }: { source: string }) {
  const target = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<State>("loading");
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt draws everything again
  useEffect(() => {
    let gone = false;
    const draw = async () => {
      setState("loading");
      const [{ default: SwaggerUIBundle }, response] = await Promise.all([
        import("swagger-ui-dist/swagger-ui-es-bundle.js"),
        fetch(source),
      ]);
      if (!response.ok) throw new Error(`The description was answered with status ${response.status}.`);
      const spec: unknown = await response.json();
      if (gone || target.current === null) return;
      SwaggerUIBundle({
        domNode: target.current,
        spec,
        // Requests are signed with a secret that does not belong into a browser.
        supportedSubmitMethods: [],
        docExpansion: "list",
        defaultModelsExpandDepth: -1,
        syntaxHighlight: { activated: false },
        onComplete: () => setState("ready"),
      });
    };
    draw().catch((error: unknown) => {
      if (!gone) setState({ failed: failureOfThrown(error, "read") });
    });
    return () => {
      gone = true;
      target.current?.replaceChildren();
    };
  }, [source, attempt]);

  useFollowTheme();

  return (
    <div data-state={typeof state === "string" ? state : "error"} className="api-reference">
      {typeof state === "object" ? (
        <ErrorState
          title="Could not load the reference"
          error={state.failed}
          onRetry={() => setAttempt((before) => before + 1)}
        />
      ) : null}
      <div ref={target} />
    </div>
  );
}

/** Swagger UI has a class of its own for the dark theme; here it follows the console's. */
function useFollowTheme(): void {
  useEffect(() => {
    const { classList } = document.documentElement;
    const follow = () => {
      const dark = classList.contains("dark");
      if (classList.contains("dark-mode") !== dark) classList.toggle("dark-mode", dark);
    };
    follow();
    const observer = new MutationObserver(follow);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
    return () => {
      observer.disconnect();
      classList.remove("dark-mode");
    };
  }, []);
}
