import { signedCurl } from "@/components/code/signed-curl";
import { CodeBlock } from "@/components/ui/id";
import { batchGetUserProfiles } from "@/lib/core/profiles/batch-get-user-profiles";
import { batchGetUserTags } from "@/lib/core/tags/batch-get-user-tags";
import { env } from "@/lib/env";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";

export default function RawTab({ params }: { params: Promise<UserPageParams> }) {
  return userTab(params, async ({ context, actor, user, userId, environment }) => {
    const [[profile], [tagged]] = await Promise.all([
      batchGetUserProfiles(context, actor, { userIds: [userId] }),
      batchGetUserTags(context, actor, { userIds: [userId] }),
    ]);
    const { currentBan, bans: _bans, activity: _activity, ...record } = user;
    const json = JSON.stringify(
      {
        ...record,
        currentBan: currentBan && {
          startsAt: currentBan.startsAt,
          endsAt: currentBan.endsAt,
          minutes: currentBan.minutes,
          reason: currentBan.reason,
          by: currentBan.by,
        },
        hostedProfile: profile ?? null,
        tags: tagged?.tags ?? [],
      },
      null,
      2,
    );
    return (
      <div className="flex flex-col gap-6">
        <section aria-labelledby="raw-record" className="flex flex-col gap-2">
          <h2 id="raw-record" className="font-semibold text-sm">
            Record
          </h2>
          <p className="text-13 text-ink-muted">What the service stores about the user. Times are in UTC.</p>
          <CodeBlock label="JSON" code={json} />
        </section>
        <section aria-labelledby="raw-call" className="flex flex-col gap-2">
          <h2 id="raw-call" className="font-semibold text-sm">
            Server API
          </h2>
          <p className="text-13 text-ink-muted">
            The same user over the Server API. Replace the placeholder with your App Secret.
          </p>
          <CodeBlock
            label="as curl"
            code={signedCurl({
              apiUrl: env().PUBLIC_API_URL,
              appKey: environment.appKey,
              path: "/v4/user/get",
              body: { userId: user.userId },
            })}
          />
        </section>
      </div>
    );
  });
}
