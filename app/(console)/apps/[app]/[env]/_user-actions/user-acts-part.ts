"use client";

import { onIntent } from "@/components/ui/on-intent";

/** Loaded ahead by what leads to an act: menus and buttons. */
export const UserActs = onIntent(() => import("./user-acts").then((part) => part.UserActs));
