import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Code, CodeBlock } from "@/components/ui/id";
import { PageHeader } from "@/components/ui/page-header";
import { operatorPage } from "@/lib/console/page";

export const metadata = { title: "Testing this console" };

const READINESS: ReadonlyArray<{ what: string; where: string; says: ReactNode }> = [
  {
    what: 'data-hydrated="true"',
    where: "<html>",
    says: "The page’s controls respond. Wait for this after every full page load.",
  },
  {
    what: 'data-settled="true"',
    where: "<html>",
    says: "What the page asks for by itself, such as counts, has come too.",
  },
  {
    what: "data-state",
    where: "regions that load data, named like their table",
    says: (
      <>
        <Code>loading</Code> <Code>ready</Code> <Code>empty</Code> <Code>no-match</Code> <Code>error</Code>
      </>
    ),
  },
  { what: 'aria-busy="true"', where: "tables", says: "The rows are loading again. The old ones stay until then." },
  { what: 'role="status"', where: "results", says: "“24 users match”, “61 deleted”" },
  { what: 'role="alert"', where: "refusals", says: "The sentence, the error code and the request ID." },
];

const FIND = `page.getByRole("heading", { level: 1, name: "Users" })
page.getByRole("navigation", { name: "Main" })
page.getByRole("button", { name: "Environment: Development" })
page.getByTestId("user-row-alice")
page.getByRole("button", { name: "Actions for alice" })
page.getByRole("alertdialog", { name: "Ban alice?" })`;

const ADDRESS = "/apps/{app}/{development|production}/users?q=e2e-&status=banned&sort=-created&size=50";

/** What the console promises to browser tests; the long form is docs/testing-the-console.md. */
export default async function TestingPage() {
  await operatorPage();
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="Testing this console"
        description="What a browser test may rely on. For more, with a complete spec to start from, see docs/testing-the-console.md in the source."
      />
      <div className="flex flex-col gap-4">
        <Card aria-labelledby="readiness">
          <CardHeader
            id="readiness"
            title="When the page is ready"
            description="Wait for these, never for a length of time."
          />
          <CardBody className="overflow-x-auto">
            <table className="w-full text-13">
              <caption className="sr-only">Readiness contract</caption>
              <thead>
                <tr className="border-b text-left text-ink-muted">
                  {["What", "Where", "Says"].map((title) => (
                    <th key={title} scope="col" className="h-9 pr-4 font-normal">
                      {title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {READINESS.map((row) => (
                  <tr key={row.what} className="border-b align-top last:border-b-0">
                    <th scope="row" className="py-2 pr-4 text-left font-normal whitespace-nowrap">
                      <Code>{row.what}</Code>
                    </th>
                    <td className="py-2 pr-4 text-ink-muted">{row.where}</td>
                    <td className="py-2">{row.says}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </CardBody>
        </Card>
        <Card aria-labelledby="finding">
          <CardHeader
            id="finding"
            title="Finding things"
            description="By role and name. Each control has its own name on the page, made from the ID of what it acts on."
          />
          <CardBody>
            <CodeBlock label="locators" code={FIND} />
          </CardBody>
        </Card>
        <Card aria-labelledby="addresses">
          <CardHeader
            id="addresses"
            title="Addresses"
            description="A list’s search, filters and sorting are in its address, so a test can start where it wants."
          />
          <CardBody>
            <CodeBlock label="list address" code={ADDRESS} />
          </CardBody>
        </Card>
        <Card aria-labelledby="data">
          <CardHeader
            id="data"
            title="Test users"
            description="Register them over the signed Server API with a prefix per worker, such as e2e-{run}-{worker}-, and delete them by that prefix in Development. Development holds 100 registered users unless the owner has set another limit; further registrations are refused with code 2007."
          />
        </Card>
      </div>
    </div>
  );
}
