"use client";

import { RefreshCw, Undo2 } from "lucide-react";
import type { RefObject } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { formatCount } from "@/components/ui/count-text";
import { Dialog } from "@/components/ui/dialog";
import type { OutcomeReport } from "../user-actions";

interface OutcomeDialogProps {
  report: OutcomeReport;
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

/**
 * What became of an act on many users of which some were refused: how many, and for each refused one why. From here those
 * that may pass are tried again, and what was done is taken back.
 */
export function OutcomeDialog({ report, onClose, returnFocusTo }: OutcomeDialogProps) {
  const { verb, done, failed, effect, undo, retry } = report;
  const again = useAction(async () => {
    if (retry === undefined) throw new Error("outcome: nobody can be tried again");
    return retry.run();
  });
  const tryAgain = async () => {
    const result = await again.run(undefined);
    if (!result.ok) return;
    onClose();
    result.data();
  };
  return (
    <Dialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      size="lg"
      title={`${formatCount(done)} ${verb}, ${formatCount(failed.length)} not`}
      description="Nothing changed for these users."
      footer={
        <>
          <CopyButton
            text={failed.map((failure) => failure.userId).join("\n")}
            label="Copy these IDs"
            withText
            size="md"
          />
          {undo && done > 0 ? (
            <Button
              icon={Undo2}
              disabled={again.pending}
              onClick={() => {
                onClose();
                undo();
              }}
            >
              Undo ({formatCount(done)})
            </Button>
          ) : null}
          {retry ? (
            <Button icon={RefreshCw} pending={again.pending} onClick={() => void tryAgain()}>
              Retry failed ({formatCount(retry.count)})
            </Button>
          ) : null}
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <p role="status" className="sr-only">
        {formatCount(done)} {verb}, {formatCount(failed.length)} not
      </p>
      {effect && done > 0 ? <p className="mb-3 text-13">{effect}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label={`Not ${verb}`} className="focus-inset max-h-80 overflow-auto rounded-lg border">
        <table className="w-full border-separate border-spacing-0 text-13">
          <caption className="sr-only">Not {verb}</caption>
          <thead>
            <tr className="text-left text-ink-muted">
              <th scope="col" className="h-9 border-b px-3 font-medium">
                User
              </th>
              <th scope="col" className="h-9 border-b px-3 font-medium">
                Reason
              </th>
            </tr>
          </thead>
          <tbody>
            {failed.map((failure) => (
              <tr key={failure.userId} className="group/row align-top">
                <th scope="row" className="border-b px-3 py-2 text-left font-normal group-last/row:border-b-0">
                  <code>{failure.userId}</code>
                </th>
                <td className="border-b px-3 py-2 group-last/row:border-b-0">{failure.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <ActionErrorAlert error={again.error} />
    </Dialog>
  );
}
