import { createTailwindMerge } from "tailwind-merge";

/*
 * Which Tailwind classes say the same thing, so that the later one wins: of the kinds that the console uses. tailwind-merge brings
 * all of Tailwind's along, twice as much script on every page. class-groups.test.ts compares the two for every class in the sources.
 */

const any = () => true;
const oneOf = (words: string) => {
  const known = new Set(words.split(" "));
  return (value: string) => known.has(value);
};
const isWidth = (value: string) => /^(\d+|\[[\d.]+px\])$/.test(value);
const isSize = (value: string) => /^(xs|sm|base|lg|xl|2xl|13|title|figure|\[[\d.]+(px|em|rem)\])$/.test(value);
const isAlign = oneOf("left right center justify start end");
const isBorderStyle = oneOf("solid dashed dotted double hidden none");
const isWeight = oneOf("normal medium semibold bold");
const isFlexDirection = oneOf("row row-reverse col col-reverse");
const isFlexWrap = oneOf("wrap nowrap wrap-reverse");

/** A group for each prefix, whatever stands behind it. */
const prefixed = (names: string) => Object.fromEntries(names.split(" ").map((name) => [name, [{ [name]: ["", any] }]]));
/** A group of whole classes. */
const words = (classes: string) => classes.split(" ");

/** Of the groups in words: a class of the first takes away earlier ones of the others. */
const conflicts: Record<string, string> = {
  inset: "inset-x inset-y top right bottom left",
  "inset-x": "right left",
  "inset-y": "top bottom",
  overflow: "overflow-x overflow-y",
  gap: "gap-x gap-y",
  flex: "basis grow shrink",
  size: "w h",
  p: "px py pt pr pb pl",
  px: "pr pl",
  py: "pt pb",
  m: "mx my mt mr mb ml",
  mx: "mr ml",
  my: "mt mb",
  rounded: "rounded-t rounded-r rounded-b rounded-l",
  "border-w": "border-w-t border-w-r border-w-b border-w-l",
  "border-color": "border-color-t border-color-r border-color-b border-color-l",
  "font-size": "leading",
};

const border = (side: string) => ({
  [`border-w-${side}`]: [{ [`border-${side}`]: ["", isWidth] }],
  [`border-color-${side}`]: [{ [`border-${side}`]: [any] }],
});

export const mergeClasses = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups: {
    display: words("block inline-block inline flex inline-flex table grid contents hidden"),
    position: words("static fixed absolute relative sticky"),
    sr: words("sr-only not-sr-only"),
    decoration: words("underline line-through no-underline"),
    "flex-direction": [{ flex: [isFlexDirection] }],
    "flex-wrap": [{ flex: [isFlexWrap] }],
    flex: [{ flex: [any] }],
    ...prefixed("inset inset-x inset-y top right bottom left z order basis grow shrink"),
    ...prefixed("grid-cols col gap gap-x gap-y justify items self"),
    ...prefixed("p px py pt pr pb pl m mx my mt mr mb ml"),
    ...prefixed("size w h min-w max-w min-h max-h overflow overflow-x overflow-y"),
    ...prefixed("leading whitespace rounded rounded-t rounded-r rounded-b rounded-l bg shadow opacity cursor select"),
    ...prefixed(
      "translate-x translate-y animate duration transition fill stroke scroll-mt pointer-events align list object",
    ),
    "font-size": [{ text: [isSize] }],
    "text-align": [{ text: [isAlign] }],
    "text-color": [{ text: [any] }],
    "font-weight": [{ font: [isWeight] }],
    "font-family": [{ font: [any] }],
    "border-style": [{ border: [isBorderStyle] }],
    "border-collapse": [{ border: [oneOf("separate collapse")] }],
    "border-spacing": [{ "border-spacing": [any] }],
    "border-w": [{ border: ["", isWidth] }],
    ...border("t"),
    ...border("r"),
    ...border("b"),
    ...border("l"),
    "border-color": [{ border: [any] }],
    "outline-style": words("outline-none outline-hidden"),
    "outline-offset": [{ "outline-offset": [any] }],
    "outline-w": [{ outline: [isWidth] }],
    "outline-color": [{ outline: [any] }],
  },
  conflictingClassGroups: Object.fromEntries(
    Object.entries(conflicts).map(([group, others]) => [group, words(others)]),
  ),
  conflictingClassGroupModifiers: {},
  orderSensitiveModifiers: [
    "*",
    "**",
    "after",
    "backdrop",
    "before",
    "details-content",
    "file",
    "first-letter",
    "first-line",
    "marker",
    "placeholder",
    "selection",
  ],
}));
