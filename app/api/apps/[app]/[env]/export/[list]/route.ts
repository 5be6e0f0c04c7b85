import { defineEndpoint } from "@/lib/console/endpoint";
import { fileResponse } from "@/lib/console/file-response";
import { exportList } from "@/lib/core/exports/export-list";

/** A list as a file, written while it is taken: `?format=csv` or `json`, and the filters of the list's own address. */
export const GET = defineEndpoint({
  permission: "lists.export",
  download: true,
  run: async (context, actor, query: Record<string, string>, { list = "" }) => {
    const { fileName, contentType, chunks } = await exportList(context, actor, { ...query, list });
    return fileResponse(context, actor, { name: fileName, contentType, chunks });
  },
});
