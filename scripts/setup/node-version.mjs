// Runs before anything is installed, on whatever Node there is: old syntax only.

/** "20.19" from package.json's `engines`, kept here so that the check needs to read nothing. */
export const LEAST_NODE = [20, 19];

export function nodeIsNewEnough(version) {
  const parts = version.split(".").map(Number);
  return parts[0] > LEAST_NODE[0] || (parts[0] === LEAST_NODE[0] && parts[1] >= LEAST_NODE[1]);
}

export function checkNodeVersion() {
  if (nodeIsNewEnough(process.versions.node)) return;
  console.error(
    "Node.js " +
      process.versions.node +
      " is too old: install Node.js " +
      LEAST_NODE.join(".") +
      " or newer (https://nodejs.org).",
  );
  process.exit(1);
}
