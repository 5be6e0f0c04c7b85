/** A request to the Server API that signs itself, ready for a POSIX shell with curl and openssl. */
export function signedCurl({ apiUrl, appKey }: { apiUrl: string; appKey: string }): string {
  return `APP_KEY='${appKey}'
APP_SECRET='<App Secret>'
NONCE=$(od -An -N6 -tu1 /dev/urandom | tr -d ' \\n' | cut -c1-18)
TIMESTAMP=$(date +%s)000
SIGNATURE=$(printf %s "$APP_SECRET$NONCE$TIMESTAMP" | openssl dgst -sha1 -r | cut -d' ' -f1)

curl -sS '${apiUrl}/v4/auth/access-token/issue' \\
  -H "App-Key: $APP_KEY" \\
  -H "Nonce: $NONCE" \\
  -H "Timestamp: $TIMESTAMP" \\
  -H "Signature: $SIGNATURE" \\
  -H 'Content-Type: application/json' \\
  -d '{"userId":"alice","name":"Alice"}'`;
}
