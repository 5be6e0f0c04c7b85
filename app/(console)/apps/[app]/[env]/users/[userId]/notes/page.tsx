import { LoadError } from "@/components/layout/failures";
import { readForPage } from "@/lib/console/page";
import { listNotes } from "@/lib/core/notes/list-notes";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { UserNotes } from "./_components/user-notes";

export default function NotesTab({ params }: { params: Promise<UserPageParams> }) {
  return userTab(params, async ({ context, actor, user, userId }) => {
    const notes = await readForPage(actor, () => listNotes(context, actor, { userId }));
    if (!notes.ok) return <LoadError what="the notes" error={notes.error} />;
    return (
      <UserNotes
        userId={userId}
        isSoftDeleted={user.status === "deleted"}
        ownId={actor.operatorId}
        notes={notes.data}
      />
    );
  });
}
