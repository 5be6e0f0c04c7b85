"use client";

import { type ComponentType, type ReactNode, useState } from "react";
import { type Late, late, useLate } from "./late";

interface PartProps {
  /** Left out where it is drawn only while it is meant. */
  open?: boolean;
  onClose?: () => void;
}

/** A component whose code comes when somebody means it. */
export interface Part<Props> extends Late {
  (props: Props & PartProps): ReactNode;
}

/**
 * The one way to show late code. A part is drawn like any component: with `open={false}` it is neither drawn nor loaded, otherwise as
 * soon as its code is here. Where that cannot be had, the part asks to be closed.
 */
export function onIntent<Props extends object>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  const code = late(load);
  const part = (props: Props & PartProps) => <LatePart code={code} props={props} />;
  return Object.assign(part, code);
}

function LatePart<Props extends object>({
  code,
  props,
}: {
  code: Late<ComponentType<Props>>;
  props: Props & PartProps;
}) {
  const { open = true, onClose } = props;
  const [meant, setMeant] = useState(open);
  if (open && !meant) setMeant(true);
  const Loaded = useLate(code, open, onClose);
  return Loaded === null || !meant ? null : <Loaded {...props} />;
}
