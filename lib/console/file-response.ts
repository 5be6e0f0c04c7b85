import type { Operator } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";

interface DownloadedFile {
  readonly name: string;
  readonly contentType: string;
  readonly chunks: AsyncGenerator<string, void, undefined>;
}

/**
 * A file that is written while it is taken, a piece at a time; who stops the download stops the reading. A piece that cannot
 * be read cuts the download off, and browsers say so.
 */
export function fileResponse(
  context: Context,
  actor: Operator,
  { name, contentType, chunks }: DownloadedFile,
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        context.log.error({ err: error, file: name, requestId: actor.requestId }, "a download ended early");
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
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
      "X-Request-ID": actor.requestId,
    },
  });
}
