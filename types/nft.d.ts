declare module "next/dist/compiled/@vercel/nft" {
  /** Finds the files that programs load, in their text; paths are relative to `base`. */
  const nft: {
    nodeFileTrace(
      files: string[],
      options: { base: string; processCwd: string; ignore(file: string): boolean },
    ): Promise<{ fileList: Set<string> }>;
  };
  export default nft;
}
