"use client";

// biome-ignore lint/style/noRestrictedImports: the one place that makes Next's link into ours
import NextLink from "next/link";
import { type ComponentProps, useState } from "react";

/**
 * Next's link, whose page is asked for ahead when somebody means it: with the pointer over it, the finger on it or the focus. Next
 * itself asks for every link that is in sight: dozens of requests for a page, which stand in the way of the one that is meant
 * when the server or the database is slow. `prefetch={false}` asks for nothing ahead.
 */
export function Link({ prefetch, onMouseEnter, onTouchStart, onFocus, ...props }: ComponentProps<typeof NextLink>) {
  const [meant, setMeant] = useState(false);
  return (
    <NextLink
      {...props}
      prefetch={prefetch ?? (meant ? null : false)}
      onMouseEnter={(event) => {
        setMeant(true);
        onMouseEnter?.(event);
      }}
      onTouchStart={(event) => {
        setMeant(true);
        onTouchStart?.(event);
      }}
      onFocus={(event) => {
        setMeant(true);
        onFocus?.(event);
      }}
    />
  );
}
