/** A receiver in plain Node.js that refuses what is not signed. The webhook secret comes from its environment. */
export const NODE_RECEIVER = `import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const SECRET = process.env.WEBHOOK_SECRET.replace("whsec_", "");
const key = Buffer.from(SECRET, "base64");

function isGenuine(headers, body) {
  const id = headers["webhook-id"];
  const time = headers["webhook-timestamp"];
  const fresh = Math.abs(Date.now() / 1000 - time) < 300;
  const expected = createHmac("sha256", key)
    .update(id + "." + time + ".")
    .update(body)
    .digest();
  // One signature, or two while a secret is being rotated.
  const given = (headers["webhook-signature"] ?? "").split(" ");
  return fresh && given.some((signature) => {
    const [version, text = ""] = signature.split(",");
    const bytes = Buffer.from(text, "base64");
    return version === "v1" && bytes.length === expected.length
      && timingSafeEqual(bytes, expected);
  });
}

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!isGenuine(request.headers, body)) {
    return response.writeHead(401).end();
  }
  const { type, id, time, data } = JSON.parse(body);
  // Keep \`id\`: a delivery that is repeated has the same one.
  console.log(type, id, new Date(time), data);
  response.writeHead(200).end();
}).listen(8080);`;

/** The same in plain Python 3. */
export const PYTHON_RECEIVER = `import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ["WEBHOOK_SECRET"].removeprefix("whsec_")
KEY = base64.b64decode(SECRET)

def is_genuine(headers, body):
    sent = headers.get("webhook-timestamp", "")
    if not sent.isdecimal() or abs(time.time() - int(sent)) >= 300:
        return False
    signed = f"{headers.get('webhook-id', '')}.{sent}.".encode() + body
    expected = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest())
    # One signature, or two while a secret is being rotated.
    given = headers.get("webhook-signature", "").split(" ")
    return any(
        hmac.compare_digest(signature.encode(), b"v1," + expected)
        for signature in given
    )

class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if is_genuine(self.headers, body):
            event = json.loads(body)
            # Keep the id: a delivery that is repeated has the same one.
            print(event["type"], event["id"], event["time"], event["data"])
            self.send_response(200)
        else:
            self.send_response(401)
        self.end_headers()

ThreadingHTTPServer(("", 8080), Receiver).serve_forever()`;

/** A text as one word of a POSIX shell, whatever stands in it. */
const shellWord = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Shell lines that send a receiver what this environment would send: to try its check from anywhere. */
export function curlDelivery(url: string): string {
  return `URL=${shellWord(url)}
WEBHOOK_SECRET='<your webhook secret>'
TIME=$(date +%s)
BODY='{"type":"webhook:ping","id":"1","time":'"$TIME"'000,"data":[{}]}'
KEY=$(printf '%s' "\${WEBHOOK_SECRET#whsec_}" | openssl base64 -d -A \\
  | od -An -v -tx1 | tr -d ' \\n')
SIGNATURE=$(printf '%s' "1.$TIME.$BODY" \\
  | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | openssl base64 -A)

curl -i -X POST "$URL" \\
  -H 'Content-Type: application/json' \\
  -H "webhook-id: 1" -H "webhook-timestamp: $TIME" \\
  -H "webhook-signature: v1,$SIGNATURE" \\
  -d "$BODY"`;
}
