import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { TokensPanel } from "./_components/tokens-panel";

export default function TokensTab({ params }: { params: Promise<UserPageParams> }) {
  return userTab(params, async ({ user }) => <TokensPanel user={user} />);
}
