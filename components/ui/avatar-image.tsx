"use client";

import { useState } from "react";

/** The picture over the initials; away again when it cannot be loaded. */
export function AvatarImage({ url }: { url: string }) {
  const [failed, setFailed] = useState(false);
  if (failed) return null;
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
