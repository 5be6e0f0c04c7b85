import { CHAPTERS_1_TO_5 } from "@/test/security/asvs/chapters-1-5";
import { CHAPTERS_6_TO_9 } from "@/test/security/asvs/chapters-6-9";
import { CHAPTERS_10_TO_17 } from "@/test/security/asvs/chapters-10-17";
import { FINDINGS } from "@/test/security/asvs/findings";
import { CHAPTERS, LEVEL_OF } from "@/test/security/asvs/levels";
import type { Evidence, Row } from "@/test/security/asvs/row";

/** Every requirement of levels 1 and 2, in the order of the standard. */
export const REQUIREMENTS: readonly Row[] = [...CHAPTERS_1_TO_5, ...CHAPTERS_6_TO_9, ...CHAPTERS_10_TO_17];

const inCell = (text: string) => text.replaceAll("|", "\\|");

/** A folder such as `[app]` would end the link. */
const linkTo = (file: string) => `../${file}`.replaceAll("../docs/", "").replaceAll(/[[\]() ]/g, encodeURIComponent);

function named(evidence: Evidence): string {
  const { file } = evidence;
  if ("heading" in evidence) return `[${file}](${linkTo(file)}): ${evidence.heading}`;
  return `“${evidence.test}” ([${file.split("/").pop()}](${linkTo(file)}))`;
}

function answer(row: Row): string {
  if (row.kind === "none") return `Does not apply. ${row.because}`;
  if (row.kind === "accepted") return `**Accepted.** ${row.because} Instead: ${row.shown.map(named).join("; ")}`;
  return row.shown.map(named).join("; ");
}

const count = (kind: Row["kind"]) => REQUIREMENTS.filter((row) => row.kind === kind).length;

function chapter(name: string, index: number): string {
  const rows = REQUIREMENTS.filter(({ id }) => id.startsWith(`${index + 1}.`));
  const cells = rows.map(
    (row) => `| ${row.id} | ${LEVEL_OF.get(row.id)} | ${inCell(row.words)} | ${inCell(answer(row))} |`,
  );
  return `## V${index + 1} ${name}\n\n| | level | what it is about | what shows it |\n|---|---|---|---|\n${cells.join("\n")}\n`;
}

/** `docs/asvs.md`: what shows that the product meets OWASP's Application Security Verification Standard. */
export function asvsDocument(): string {
  const findings = FINDINGS.map((row) => `| ${row.id} | ${inCell(row.words)} | ${inCell(answer(row))} |`);
  return `# ASVS 5.0.0, levels 1 and 2

Made from \`test/security/asvs/\` by \`npm run openapi\`; \`npm run check\` refuses it when it is out of date, and a test sees to it that no requirement is
missing and that every test and heading that is named exists.

The numbers are those of OWASP's [Application Security Verification Standard 5.0.0](https://github.com/OWASP/ASVS/tree/v5.0.0/5.0), where the requirements stand in full; here
they are called by a few words. Of ${REQUIREMENTS.length} requirements ${count("met")} are met, ${count("none")} do not apply, and ${count("accepted")} are knowingly
not met: the reason and what stands in for it follow **Accepted** ([decision 129](decisions/0129-what-asvs-asks-and-the-product-does-otherwise.md)).
Who attacks what is told by the [threat model](threat-model.md).

${CHAPTERS.map(chapter).join("\n")}
## What was found by attacking

| | what was to be mended | what shows it |
|---|---|---|
${findings.join("\n")}
`;
}
