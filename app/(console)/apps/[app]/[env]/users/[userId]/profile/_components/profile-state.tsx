import type { RefObject } from "react";
import { RelativeTime } from "@/components/ui/time";
import { PROFILE_VISIBILITY_WORDS } from "@/lib/core/profiles/facts";
import type { ProfileDetail } from "@/lib/core/profiles/get-profile-detail";

interface ProfileStateProps {
  detail: ProfileDetail;
  /** The place that the focus goes to when the profile was cleared. */
  ref: RefObject<HTMLParagraphElement | null>;
}

/** Whether there is a profile, which version it is, and who sees it. */
export function ProfileState({ detail, ref }: ProfileStateProps) {
  const { profile, visibility, defaultVisibility } = detail;
  return (
    <p ref={ref} tabIndex={-1} className="flex flex-wrap gap-x-4 gap-y-1 text-13 text-ink-muted outline-none">
      {profile === null ? (
        <span>No hosted profile yet. It starts with the first key you set.</span>
      ) : (
        <span>
          Version <code className="text-[0.92em] text-ink tabular-nums">{profile.version}</code>, changed{" "}
          <RelativeTime date={profile.version} />
        </span>
      )}
      <span>
        Visible to others: <span className="text-ink">{PROFILE_VISIBILITY_WORDS[visibility ?? defaultVisibility]}</span>{" "}
        ({visibility === null ? "the environment’s default" : "the user’s choice"})
      </span>
    </p>
  );
}
