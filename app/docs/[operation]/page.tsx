import { notFound } from "next/navigation";
import { signedCurl } from "@/components/code/signed-curl";
import { CodeBlock, Id } from "@/components/ui/id";
import { PageHeader } from "@/components/ui/page-header";
import { consoleRuntime } from "@/lib/console/runtime";
import { byGroup, jsonSchema, limitText } from "@/lib/server-api/openapi";
import { FieldsTable } from "../_components/fields-table";
import { Prose } from "../_components/prose";
import { TryCall } from "../_components/try-call";
import { tryableApps } from "../_components/tryable-apps";

interface Props {
  params: Promise<{ operation: string }>;
}

const endpointOf = (operation: string) => byGroup().find(({ doc }) => doc.operationId === operation);

export async function generateMetadata({ params }: Props) {
  const endpoint = endpointOf((await params).operation);
  return { title: endpoint === undefined ? "Not found" : `${endpoint.doc.summary} · Server API` };
}

/** One endpoint: what it takes and answers, ready to be copied and, for operators who are signed in, to be tried. */
export default async function EndpointPage({ params }: Props) {
  const endpoint = endpointOf((await params).operation);
  if (endpoint === undefined) notFound();
  const { path, aliases, doc, input, output } = endpoint;
  const { env } = await consoleRuntime();
  const example = JSON.stringify(doc.example.request, null, 2);
  return (
    <div className="flex flex-col gap-8">
      <div>
        <PageHeader title={doc.summary} />
        <p className="mb-3 flex items-center gap-2 text-13">
          <span className="rounded-sm bg-sunken px-1.5 py-0.5 font-medium text-xs">POST</span>
          <Id value={path} copyLabel="Copy the path" always />
        </p>
        <Prose text={`${doc.description}\n\n${limitText(endpoint)}`} />
        {aliases.length === 0 ? null : (
          <Prose text={`Also served at ${aliases.map((alias) => `\`${alias}\``).join(", ")}.`} />
        )}
      </div>
      <section aria-labelledby="request" className="flex flex-col gap-3">
        <h2 id="request" className="font-semibold">
          Request
        </h2>
        <FieldsTable caption="Fields of the request" schema={jsonSchema(input, "input")} />
        <CodeBlock label="example body" code={example} />
        <CodeBlock
          label="signed curl"
          code={signedCurl({ apiUrl: env.PUBLIC_API_URL, appKey: "<your App Key>", path, body: doc.example.request })}
        />
      </section>
      <section aria-labelledby="answer" className="flex flex-col gap-3">
        <h2 id="answer" className="font-semibold">
          Answer
        </h2>
        {output === null ? null : (
          <FieldsTable caption="Fields of the result" schema={jsonSchema(output, "output")} answer />
        )}
        <CodeBlock label="example answer" code={JSON.stringify(doc.example.answer, null, 2)} />
      </section>
      <TryCall path={path} example={example} tryable={await tryableApps()} />
    </div>
  );
}
