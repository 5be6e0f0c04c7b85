import { readForPage } from "@/lib/console/page";
import { getProfileDetail } from "@/lib/core/profiles/get-profile-detail";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { HostedProfile } from "./_components/hosted-profile";
import { ProfileForm } from "./_components/profile-form";

export default function ProfileTab({ params }: { params: Promise<UserPageParams> }) {
  return userTab(params, async ({ context, actor, user, userId }) => {
    const detail = await readForPage(actor, () => getProfileDetail(context, actor, { userId }));
    return (
      <div className="flex max-w-2xl flex-col gap-6">
        <ProfileForm user={user} />
        <HostedProfile user={user} detail={detail} />
      </div>
    );
  });
}
