import packageJson from "@/package.json";

export function Version() {
  return <>Version {packageJson.version}</>;
}
