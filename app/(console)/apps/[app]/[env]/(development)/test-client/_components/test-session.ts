import {
  ChannelType,
  ConnectionStatus,
  ConnectionStatusHandler,
  type Engine,
  type Message,
  MessageHandler,
  NCEngine,
  type Result,
  SendTextMessageParams,
  UserHandler,
} from "@/lib/client";
import { refusalWords, unsentWords } from "./code-words";
import { type Entry, type FrameEntry, friendRequestText, latest, messageText } from "./entries";

export type SessionState = "idle" | "connecting" | "connected" | "suspended" | "disconnected";

export interface SessionView {
  readonly state: SessionState;
  /** Who is, or was, connected; "" before the first time. */
  readonly userId: string;
  /** Why it is suspended or disconnected; else 0. */
  readonly code: number;
  readonly entries: readonly Entry[];
  readonly frames: readonly FrameEntry[];
}

export type Target = { readonly userId: string } | { readonly groupId: string };

const EMPTY: SessionView = { state: "idle", userId: "", code: 0, entries: [], frames: [] };
const MOST_ENTRIES = 500;
const MOST_FRAMES = 1_000;
const ID = "console";

const STATES: Readonly<Record<ConnectionStatus, SessionState>> = {
  [ConnectionStatus.CONNECTING]: "connecting",
  [ConnectionStatus.CONNECTED]: "connected",
  [ConnectionStatus.SUSPENDED]: "suspended",
  [ConnectionStatus.DISCONNECTED]: "disconnected",
};

/** A new entry before it has its id. */
type Fresh = Entry extends infer Each ? (Each extends Entry ? Omit<Each, "id"> : never) : never;

/**
 * One pane's user: a client of its own with everything that it said, heard and sent. For `useSyncExternalStore`:
 * `view` is a new object after each change. Connecting again as the same user keeps the conversation.
 */
export class TestSession {
  #view = EMPTY;
  #engine: Engine | undefined;
  #count = 0;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly server: { readonly appKey: string; readonly serverUrl: string },
    private readonly now: () => number = Date.now,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly view = (): SessionView => this.#view;

  /** Connects as a user with a token of that user. Ends the connection before, if there is one. */
  async connect(userId: string, token: string): Promise<void> {
    await this.disconnect();
    const { entries, frames } = this.#view.userId === userId ? this.#view : EMPTY;
    this.#change({ state: "connecting", userId, code: 0, entries, frames });
    const engine = NCEngine.create({
      ...this.server,
      device: "Test client of the console",
      // Each connection reads what the inbox holds; what is shown already is left out by its message id.
      storage: null,
      onFrame: (direction, text) => this.#frame(engine, direction, text),
    });
    this.#engine = engine;
    this.#listen(engine);
    const answer = await engine.connect({ token });
    // A wrong address is refused before the status changes.
    if (!answer.isOk && this.#engine === engine) this.#change({ state: "disconnected", code: answer.code });
  }

  async disconnect(): Promise<void> {
    await this.#engine?.disconnect();
  }

  /** The page is left, or another user takes the pane: nothing of the client is heard any more. */
  release(): void {
    const engine = this.#engine;
    this.#engine = undefined;
    void engine?.disconnect();
    if (engine !== undefined) this.#change({ state: "disconnected", code: 2 });
  }

  async send(target: Target, text: string): Promise<void> {
    const engine = this.#engine;
    if (engine === undefined) return;
    const to = "userId" in target ? target.userId : `group ${target.groupId}`;
    const id = this.#add({ at: this.now(), kind: "sent", to, text, state: "sending" });
    const channel = "userId" in target ? engine.directChannel(target.userId) : engine.groupChannel(target.groupId);
    const { isOk, code, data, msg } = await channel.sendMessage(new SendTextMessageParams({ text }));
    this.#settle(
      id,
      isOk && data !== undefined
        ? { state: "sent", messageId: data.messageId, at: data.sentTime }
        : { state: "refused", code, words: unsentWords(code, msg) },
    );
  }

  /** Makes a call of the connected user; its outcome becomes an entry, in the words that `said` gives to a success. */
  async call<Data>(
    name: string,
    run: (engine: Engine) => Promise<Result<Data>>,
    said: (data: Data | undefined) => string,
  ): Promise<void> {
    const engine = this.#engine;
    if (engine === undefined) return;
    const { isOk, code, data, msg } = await run(engine);
    const text = isOk ? said(data) : `${name}: ${refusalWords(code, msg)}`;
    this.#add({ at: this.now(), kind: "call", text, ok: isOk, code });
  }

  clearFrames(): void {
    this.#change({ frames: [] });
  }

  #listen(engine: Engine): void {
    const current = () => this.#engine === engine;
    const event = (text: string) => current() && this.#add({ at: this.now(), kind: "event", text });
    engine.addConnectionStatusHandler(
      ID,
      new ConnectionStatusHandler({
        onConnectionStatusChanged: ({ status, code }) => current() && this.#change({ state: STATES[status], code }),
      }),
    );
    engine.addMessageHandler(
      ID,
      new MessageHandler({ onMessageReceived: (message) => current() && this.#received(message) }),
    );
    engine.addUserHandler(
      ID,
      new UserHandler({
        onFriendAdd: ({ userId }) => event(`${userId} is a friend now.`),
        onFriendDelete: ({ userIds }) => event(`No friend any more: ${userIds.join(", ")}.`),
        onFriendCleared: () => event("All friends were removed."),
        onFriendApplicationStatusChanged: (change) => event(friendRequestText(change)),
        onGroupChanged: ({ groupId }) => event(`The membership in group ${groupId} changed.`),
        onOwnUserProfileChanged: () => event("The own profile changed."),
      }),
    );
  }

  #received(message: Message): void {
    const { messageId, isOwn, channelType, channelId, senderUserId, sentTime: at } = message;
    if (this.#view.entries.some((entry) => "messageId" in entry && entry.messageId === messageId)) return;
    const text = messageText(message);
    const groupId = channelType === ChannelType.GROUP ? channelId : null;
    if (isOwn) {
      const to = groupId === null ? channelId : `group ${groupId}`;
      this.#add({ at, kind: "sent", to, text, state: "sent", messageId });
    } else this.#add({ at, kind: "received", from: senderUserId, groupId, text, messageId });
  }

  #frame(engine: Engine, direction: "in" | "out", text: string): void {
    if (this.#engine !== engine) return;
    this.#count += 1;
    const frame = { id: this.#count, at: this.now(), direction, text };
    this.#change({ frames: latest([...this.#view.frames, frame], MOST_FRAMES) });
  }

  #add(entry: Fresh): string {
    this.#count += 1;
    const id = `entry-${this.#count}`;
    this.#change({ entries: latest([...this.#view.entries, { ...entry, id }], MOST_ENTRIES) });
    return id;
  }

  #settle(id: string, outcome: Partial<Extract<Entry, { kind: "sent" }>>): void {
    const entries = this.#view.entries.map((entry) =>
      entry.id === id && entry.kind === "sent" ? { ...entry, ...outcome } : entry,
    );
    this.#change({ entries });
  }

  #change(change: Partial<SessionView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}
