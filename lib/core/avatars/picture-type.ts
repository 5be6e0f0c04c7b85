/** What an avatar may be: pictures that browsers draw and that cannot carry script, as SVG can. */
const TYPES: ReadonlyArray<readonly [type: string, begins: (bytes: Buffer) => boolean]> = [
  ["image/png", (bytes) => bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))],
  ["image/jpeg", (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))],
  ["image/gif", (bytes) => /^GIF8[79]a/.test(bytes.toString("latin1", 0, 6))],
  ["image/webp", (bytes) => /^RIFF.{4}WEBP/s.test(bytes.toString("latin1", 0, 12))],
  ["image/avif", (bytes) => /^.{4}ftypavi[fs]/s.test(bytes.toString("latin1", 0, 12))],
];

/** The media type that the bytes themselves say, whatever their sender called them; null: no picture that may be shown. */
export const pictureType = (bytes: Buffer): string | null => TYPES.find(([, begins]) => begins(bytes))?.[0] ?? null;
