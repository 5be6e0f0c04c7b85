"use client";

import { useState } from "react";
import { useVisual } from "./time";

/** The picture over the initials; away again when it cannot be loaded, and for pictures of the page that are compared. */
export function AvatarImage({ url }: { url: string }) {
  const [failed, setFailed] = useState(false);
  const visual = useVisual();
  if (failed || visual) return null;
  return (
    // biome-ignore lint/performance/noImgElement: any host, so Next's image service cannot be used
    <img
      src={url}
      alt=""
      loading="lazy"
      referrerPolicy="no-referrer"
      // It may have failed before this page was hydrated.
      ref={(image) => {
        if (image?.complete && image.naturalWidth === 0) setFailed(true);
      }}
      onError={() => setFailed(true)}
      className="absolute inset-0 size-full object-cover text-transparent"
    />
  );
}
