"use client";

import { createContext, type ReactNode, useContext, useState } from "react";
import { useVisual } from "./time";

const Pictures = createContext<string | null>(null);

/** Where pictures of users come from below: the console's endpoint that fetches them. Without one there are initials alone. */
export function PicturesProvider({ endpoint, children }: { endpoint: string | null; children: ReactNode }) {
  return <Pictures value={endpoint}>{children}</Pictures>;
}

/**
 * The picture over the initials; away again when it cannot be loaded, and for pictures of the page that are compared. The
 * product fetches it: no host that a user names learns which operator looks, from where and when.
 */
export function AvatarImage({ url }: { url: string }) {
  const [failed, setFailed] = useState(false);
  const visual = useVisual();
  const endpoint = useContext(Pictures);
  if (endpoint === null || failed || visual) return null;
  return (
    // biome-ignore lint/performance/noImgElement: as large as it is drawn, and Next's image service is off
    <img
      src={`${endpoint}?url=${encodeURIComponent(url)}`}
      alt=""
      loading="lazy"
      // It may have failed before this page was hydrated.
      ref={(image) => {
        if (image?.complete && image.naturalWidth === 0) setFailed(true);
      }}
      onError={() => setFailed(true)}
      className="absolute inset-0 size-full object-cover text-transparent"
    />
  );
}
