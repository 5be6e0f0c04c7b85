/** A text as one word of a POSIX shell, whatever stands in it. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A Server API call as shell lines that sign it, ready to run once the App Secret is filled in. */
export function signedCurl(call: { apiUrl: string; appKey: string; path: string; body: unknown }): string {
  return `APP_KEY=${shellWord(call.appKey)}
APP_SECRET='<your App Secret>'
NONCE=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
TIMESTAMP=$(date +%s)000
SIGNATURE=$(printf '%s' "$APP_SECRET$NONCE$TIMESTAMP" | openssl dgst -sha1 | sed 's/.* //')

curl -X POST ${shellWord(call.apiUrl + call.path)} \\
  -H "App-Key: $APP_KEY" -H "Nonce: $NONCE" \\
  -H "Timestamp: $TIMESTAMP" -H "Signature: $SIGNATURE" \\
  -H 'Content-Type: application/json' \\
  -d ${shellWord(JSON.stringify(call.body))}`;
}
