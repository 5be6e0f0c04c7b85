import { defineEndpoint } from "@/lib/console/endpoint";
import { exportList } from "@/lib/core/exports/export-list";

/** A list as a file, written while it is taken: `?format=csv` or `json`, and the filters of the list's own address. */
export const GET = defineEndpoint({
  permission: "lists.export",
  download: true,
  run: async (context, actor, query: Record<string, string>, { list = "" }) => {
    const { fileName, contentType, chunks } = await exportList(context, actor, { ...query, list });
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        try {
          const { value, done } = await chunks.next();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          context.log.error({ err: error, list, requestId: actor.requestId }, "an export ended early");
          controller.error(error);
        }
      },
      async cancel() {
        await chunks.return();
      },
    });
    return new Response(body, {
      headers: {
        "Content-Type": contentType,
        "Content-Disposition": `attachment; filename="${fileName}"`,
        "Cache-Control": "no-store",
        "X-Request-ID": actor.requestId,
      },
    });
  },
});
