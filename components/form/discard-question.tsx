"use client";

import * as Primitive from "radix-ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { DialogFooter, dialogBoxStyles, overlayStyles } from "@/components/ui/dialog-look";

/** Asks whether to lose what was typed. */
export function DiscardQuestion({
  open,
  onClose,
  onDiscard,
}: {
  open: boolean;
  onClose: () => void;
  onDiscard: () => void;
}) {
  return (
    <Primitive.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Primitive.Portal>
        <Primitive.Overlay className={cn(overlayStyles, "z-50")} />
        <Primitive.Content className={cn(dialogBoxStyles, "z-50 sm:max-w-sm")}>
          <div className="flex flex-1 flex-col gap-2 px-5 pt-5 pb-5">
            <Primitive.Title className="font-semibold text-lg">Discard your changes?</Primitive.Title>
            <Primitive.Description className="text-13 text-ink-muted">
              What you entered isn’t saved.
            </Primitive.Description>
          </div>
          <DialogFooter>
            <Primitive.Cancel asChild>
              <Button>Stay</Button>
            </Primitive.Cancel>
            <Primitive.Action asChild>
              <Button variant="danger" onClick={onDiscard}>
                Discard
              </Button>
            </Primitive.Action>
          </DialogFooter>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
