import { Code, CodeBlock } from "@/components/ui/id";
import { PageHeader } from "@/components/ui/page-header";
import { OPENAPI_PATH, SIGNING_HEADERS, wireCodes } from "@/lib/server-api/openapi";
import { ReferenceTable } from "./_components/reference-table";

export const metadata = { title: "Server API reference" };

const ANSWERS = `200  {"code":0}
200  {"code":0,"result":{…}}
4xx  {"code":1002,"errorMessage":"…","url":"/v4/…"}`;

/** How requests are signed and answered; the endpoints have pages of their own. It holds nothing secret and needs no sign-in. */
export default function ReferencePage() {
  return (
    <div className="flex flex-col gap-8">
      <div>
        <PageHeader title="Server API reference" />
        <p className="max-w-prose text-13">
          Your app server sends a POST with a JSON object as its body and the headers below. Unknown fields are ignored.
          Numbers may be sent as text, and text as numbers. Generate a client from{" "}
          <a href={OPENAPI_PATH} className="text-accent-ink underline underline-offset-2">
            openapi.json
          </a>
          , or use the vendor’s v4 server SDK.
        </p>
      </div>
      <section aria-labelledby="signing" className="flex flex-col gap-2">
        <h2 id="signing" className="font-semibold">
          Signing
        </h2>
        <ReferenceTable
          caption="Headers that sign a request"
          columns={["Header", "Content"]}
          rows={SIGNING_HEADERS.map(({ header, description }) => ({
            key: header,
            cells: [<Code key="header">{header}</Code>, description],
          }))}
        />
      </section>
      <section aria-labelledby="answers" className="flex flex-col gap-2">
        <h2 id="answers" className="font-semibold">
          Answers
        </h2>
        <CodeBlock label="shapes of an answer" code={ANSWERS} />
      </section>
      <section aria-labelledby="codes" className="flex flex-col gap-2">
        <h2 id="codes" className="font-semibold">
          Codes
        </h2>
        <ReferenceTable
          caption="Codes of refused requests"
          columns={["Code", "Status", "When"]}
          rows={wireCodes().map(({ code, status, when }) => ({ key: code, cells: [code, status, when] }))}
        />
      </section>
    </div>
  );
}
