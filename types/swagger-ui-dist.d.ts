declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  /** Draws an OpenAPI document into `domNode`. */
  const SwaggerUIBundle: (options: {
    readonly domNode: HTMLElement;
    readonly spec: unknown;
    readonly supportedSubmitMethods: readonly string[];
    readonly docExpansion: "list" | "full" | "none";
    readonly defaultModelsExpandDepth: number;
    readonly syntaxHighlight: { readonly activated: boolean };
    onComplete(): void;
  }) => unknown;
  export default SwaggerUIBundle;
}
