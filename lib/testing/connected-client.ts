import {
  ConnectionStatus,
  ConnectionStatusHandler,
  Engine,
  type Message,
  MessageHandler,
  SendTextMessageParams,
} from "../client";

const WAIT_MS = 10_000;

/** A connected user of a test: the client SDK, with what it hears kept, so that a test can wait for it. */
export interface TestClient {
  readonly userId: string;
  readonly engine: Engine;
  /** Everything that was received, in order. */
  readonly messages: readonly Message[];
  /** Sends a text to a user id. Gives 0, or the code that it was refused with. */
  send(toUserId: string, text: string): Promise<number>;
  /** The first message received, or yet to come, that `matches`. Throws after ten seconds. */
  message(matches?: (message: Message) => boolean): Promise<Message>;
  /** The code that the server ended the connection with. Throws when it is still connected after ten seconds. */
  ended(): Promise<number>;
  close(): Promise<void>;
}

/** Connects a user. Throws an error whose `code` is the client's when it is refused (docs/client-api.md). */
export async function connectUser(options: {
  readonly apiUrl: string;
  readonly appKey: string;
  readonly accessToken: string;
  readonly platform?: string;
}): Promise<TestClient> {
  const { apiUrl, appKey, accessToken, platform } = options;
  const engine = new Engine({
    appKey,
    serverUrl: apiUrl,
    storage: null,
    ...(platform === undefined ? {} : { platform }),
  });
  const messages: Message[] = [];
  let endedWith: number | null = null;
  const waiting = new Set<() => void>();
  const heard = () => {
    for (const look of waiting) look();
  };
  engine.addMessageHandler(
    "testing",
    new MessageHandler({
      onMessageReceived(message) {
        messages.push(message);
        heard();
      },
    }),
  );
  engine.addConnectionStatusHandler(
    "testing",
    new ConnectionStatusHandler({
      onConnectionStatusChanged({ status, code }) {
        if (status === ConnectionStatus.DISCONNECTED) endedWith = code;
        heard();
      },
    }),
  );
  const until = <T>(find: () => T | null, what: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(look);
        reject(new Error(`${engine.userId ?? "The user"}: ${what} in ${WAIT_MS / 1000} s.`));
      }, WAIT_MS);
      const look = () => {
        const found = find();
        if (found === null) return;
        clearTimeout(timer);
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });

  const connected = await engine.connect({ token: accessToken });
  if (!connected.isOk || connected.data === undefined) {
    throw Object.assign(new Error(`The connect was refused with ${connected.code}: ${connected.msg ?? ""}`), {
      code: connected.code,
    });
  }
  return {
    userId: connected.data.userId,
    engine,
    messages,
    async send(toUserId, text) {
      return (await engine.directChannel(toUserId).sendMessage(new SendTextMessageParams({ text }))).code;
    },
    message: (matches = () => true) => until(() => messages.find(matches) ?? null, "no such message came"),
    ended: () => until(() => endedWith, "it is still connected"),
    async close() {
      await engine.disconnect();
    },
  };
}
