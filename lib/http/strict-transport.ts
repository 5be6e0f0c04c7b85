const YEAR_SECONDS = 31_536_000;

/**
 * The header by which browsers use nothing but https for a year, at an address that has it; none elsewhere. Said over https alone is it heard;
 * whoever puts TLS in front of a port sets its address. `subdomains`: of its host's subdomains too, which must be the installation's own.
 */
export function strictTransport(
  publicUrl: string,
  { subdomains }: { readonly subdomains: boolean },
): ReadonlyArray<readonly [name: string, value: string]> {
  if (!publicUrl.startsWith("https:")) return [];
  return [["Strict-Transport-Security", `max-age=${YEAR_SECONDS}${subdomains ? "; includeSubDomains" : ""}`]];
}
