import Link from "next/link";
import type { ReactNode } from "react";
import { Hydrated } from "@/components/layout/hydrated";
import { ProductMark } from "@/components/layout/product-mark";
import { Code } from "@/components/ui/id";
import { OPENAPI_PATH, SIGNING_HEADERS, wireCodes } from "@/lib/server-api/openapi";
import { ApiReference } from "./_components/api-reference";

export const metadata = { title: "Server API reference" };

/** The reference of the Server API, for whoever writes an app server: it holds nothing secret and needs no sign-in. */
export default function ReferencePage() {
  return (
    <div className="min-h-dvh bg-canvas">
      <Hydrated />
      <header className="flex h-12 items-center gap-3 border-b bg-frame px-4 text-sm">
        <Link href="/" className="flex items-center gap-2.5 font-semibold">
          <ProductMark className="size-6" /> IM User Service
        </Link>
        <a href={OPENAPI_PATH} className="ml-auto text-13 text-accent-ink underline underline-offset-2">
          openapi.json
        </a>
      </header>
      <section aria-labelledby="title" className="mx-auto max-w-5xl px-4 pt-6">
        <h1 id="title" className="font-semibold text-title">
          Server API reference
        </h1>
        <div className="mt-2 flex max-w-prose flex-col gap-2 text-13">
          <p>
            Every request is a POST with a JSON object as its body and the headers below. It is signed with the App
            Secret, so it is sent by an app server and not from this page. Unknown fields are ignored; numbers may be
            sent as text and text as numbers.
          </p>
          <p>
            Every answer is <Code>{'{"code":0}'}</Code> or <Code>{'{"code":0,"result":{…}}'}</Code> with status 200,
            otherwise another status with <Code>code</Code>, <Code>errorMessage</Code> and <Code>url</Code>.
          </p>
        </div>
        <h2 className="mt-8 mb-2 font-semibold">Signing</h2>
        <ReferenceTable
          caption="Headers that sign a request"
          columns={["Header", "Content"]}
          rows={SIGNING_HEADERS.map(({ header, description }) => ({
            key: header,
            cells: [<Code key="header">{header}</Code>, description],
          }))}
        />
        <p className="mt-2 text-13">
          <a href="#codes" className="text-accent-ink underline underline-offset-2">
            Codes of refused requests
          </a>
        </p>
        <h2 className="mt-8 font-semibold">Endpoints</h2>
      </section>
      {/* Its renderer draws the page's main landmark. */}
      <div className="mx-auto max-w-5xl px-4">
        <ApiReference source={OPENAPI_PATH} />
      </div>
      <section aria-labelledby="codes" className="mx-auto max-w-5xl px-4 pt-4 pb-16">
        <h2 id="codes" className="mb-2 font-semibold">
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

interface TableProps {
  caption: string;
  columns: readonly string[];
  rows: ReadonlyArray<{ key: string | number; cells: readonly ReactNode[] }>;
}

function ReferenceTable({ caption, columns, rows }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="overflow-x-auto rounded-lg border" aria-label={caption} tabIndex={0}>
      <table className="w-full min-w-md text-13">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b bg-frame text-left text-ink-muted">
            {columns.map((column) => (
              <th key={column} scope="col" className="px-3 py-2 font-medium">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [head, ...rest] }) => (
            <tr key={key} className="border-b align-top last:border-0">
              <th scope="row" className="whitespace-nowrap px-3 py-1.5 text-left font-normal tabular-nums">
                {head}
              </th>
              {rest.map((cell, index) => (
                <td key={columns[index + 1]} className="px-3 py-1.5 tabular-nums">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
