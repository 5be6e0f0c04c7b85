// `node healthcheck.mjs [console|service]`: ends with 0 when the part, or both of them, is ready. For containers without curl.
const PARTS = { console: ["CONSOLE_PORT", 3000], service: ["SERVICE_PORT", 3001] };
const asked = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PARTS);
const answers = await Promise.all(
  asked.map(async (part) => {
    const [variable, port] = PARTS[part];
    try {
      const address = `http://127.0.0.1:${process.env[variable] || port}/readyz`;
      const { status } = await fetch(address, { signal: AbortSignal.timeout(4000) });
      return `${part}: ${status}`;
    } catch (error) {
      return `${part}: ${error.message}`;
    }
  }),
);
console.log(answers.join(", "));
process.exitCode = answers.every((answer) => answer.endsWith(": 200")) ? 0 : 1;
