"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { whenDrawn } from "./when-drawn";
import { whenSettled } from "./when-settled";

/**
 * Part of the readiness contract: `<html data-hydrated>` says that the page's controls respond, `<html data-settled>` that
 * what the page asks for by itself, such as counts, has come as well. It stands beside each h1 and not in the root layout: what
 * is below a loading boundary responds later than what is above it.
 */
export function Hydrated() {
  const queries = useQueryClient();
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.hydrated = "true";
    dataset.settled = "false";
    let forget = () => {};
    const end = whenSettled(queries, (settled) => {
      forget();
      if (!settled) dataset.settled = "false";
      else {
        forget = whenDrawn(() => {
          dataset.settled = "true";
        });
      }
    });
    return () => {
      forget();
      end();
    };
  }, [queries]);
  return null;
}
