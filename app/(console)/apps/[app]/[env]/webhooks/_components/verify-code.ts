/** A receiver in plain Node.js that checks the signature. The App Secret comes from its environment. */
export const NODE_RECEIVER = `import { createHash, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

function isGenuine(url, appSecret) {
  const query = new URL(url, "http://localhost").searchParams;
  const text = (name) => query.get(name) ?? "";
  const expected = createHash("sha1")
    .update(appSecret + text("nonce") + text("signTimestamp"))
    .digest("hex");
  const given = Buffer.from(text("signature"));
  const fresh = Math.abs(Date.now() - text("signTimestamp")) < 300_000;
  return fresh && given.length === 40
    && timingSafeEqual(given, Buffer.from(expected));
}

createServer(async (request, response) => {
  if (!isGenuine(request.url, process.env.APP_SECRET)) {
    return response.writeHead(401).end();
  }
  request.setEncoding("utf8");
  let body = "";
  for await (const chunk of request) body += chunk;
  const { type, id, time, data } = JSON.parse(body);
  // Keep \`id\`: a delivery that is repeated has the same one.
  console.log(type, id, new Date(time), data);
  response.writeHead(200).end();
}).listen(8080);`;

/** A text as one word of a POSIX shell, whatever stands in it. */
const shellWord = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Shell lines that send a receiver what this environment would send: to try its check from anywhere. */
export function curlDelivery(url: string): string {
  const joined = url.includes("?") ? "&" : "?";
  return `URL=${shellWord(url)}
APP_SECRET='<your App Secret>'
NONCE=$(od -An -N8 -tx1 /dev/urandom | tr -d ' ')
TIME=$(date +%s)000
SIGNATURE=$(printf '%s' "$APP_SECRET$NONCE$TIME" | openssl dgst -sha1 | sed 's/.* //')

curl -i -X POST \\
  "$URL${joined}nonce=$NONCE&signTimestamp=$TIME&signature=$SIGNATURE" \\
  -H 'Content-Type: application/json' \\
  -d '{"type":"webhook:ping","id":"1","time":'"$TIME"',"data":[{}]}'`;
}
