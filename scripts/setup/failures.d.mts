export interface Failure {
  title: string;
  message: string;
}
export function failuresOfVitest(report: unknown): Failure[];
export function failuresOfPlaywright(report: unknown): Failure[];
export function tellFailures(title: string, failures: readonly Failure[]): string;
