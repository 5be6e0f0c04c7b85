import { defineEndpoint } from "@/lib/console/endpoint";
import { getAvatar } from "@/lib/core/avatars/get-avatar";

/** The picture at `?url=`, for the browser of whoever looks at its user. 404: show initials. */
export const GET = defineEndpoint({
  permission: "users.read",
  // It asks a stranger's host, within limits of its own.
  download: true,
  run: async (context, actor, query: Parameters<typeof getAvatar>[2]) => {
    const { type, bytes } = await getAvatar(context, actor, query);
    return new Response(new Uint8Array(bytes), {
      headers: { "Content-Type": type, "Cache-Control": "private, max-age=3600", "Content-Disposition": "inline" },
    });
  },
});
