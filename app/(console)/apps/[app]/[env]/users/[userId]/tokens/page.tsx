import { readUser, type UserPageParams } from "../read-user";
import { TokensPanel } from "./_components/tokens-panel";

export default async function TokensTab({ params }: { params: Promise<UserPageParams> }) {
  const { user } = await readUser(params);
  return user === null ? null : <TokensPanel user={user} />;
}
