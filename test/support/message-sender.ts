import { writeSync } from "node:fs";
import type { AppUser, EnvironmentRef } from "@/lib/core/actor";
import { idOf } from "@/lib/core/messages/message";
import { sendDirectMessage } from "@/lib/core/messages/send-direct-message";
import { parseEnv } from "@/lib/env";
import { createRuntime } from "@/lib/runtime";

/**
 * A process that sends direct messages until it is killed: `message-sender.ts <order>`, started with `--import tsx`. Each of
 * its senders waits for an answer before it goes on. Every acknowledged message is a line of JSON on standard output, written
 * before anything else happens.
 */
export interface SenderOrder {
  readonly databaseUrl: string;
  readonly masterKey: string;
  readonly environment: EnvironmentRef;
  readonly senderIds: readonly string[];
  readonly recipientIds: readonly string[];
  /** For each sender; null: until it is killed. */
  readonly messages: number | null;
}

export interface Acknowledged {
  readonly messageId: string;
  readonly sequence: number;
  readonly senderId: string;
  readonly recipientId: string;
  readonly content: string;
}

async function main(order: SenderOrder): Promise<void> {
  const { databaseUrl, masterKey, environment, senderIds, recipientIds, messages } = order;
  const settings = parseEnv({ DATABASE_URL: databaseUrl, MASTER_KEY: masterKey, LOG_LEVEL: "silent" });
  const { context, close } = await createRuntime("message-sender", settings);
  const send = async (senderId: string): Promise<void> => {
    const actor: AppUser = {
      kind: "app_user",
      source: "client",
      requestId: "test",
      ip: "",
      environment,
      userId: senderId,
    };
    for (let number = 0; messages === null || number < messages; number += 1) {
      const recipientId = recipientIds[number % recipientIds.length] ?? senderId;
      const content = JSON.stringify({ content: number });
      const input = {
        toUserId: recipientId,
        messageType: "RC:TxtMsg",
        content,
        clientMessageId: `${process.pid}-${number}`,
      };
      const { message } = await sendDirectMessage(context, actor, input);
      const { sequence } = message;
      const line: Acknowledged = { messageId: idOf(message), sequence, senderId, recipientId, content };
      writeSync(1, `${JSON.stringify(line)}\n`);
    }
  };
  await Promise.all(senderIds.map(send));
  await close();
}

await main(JSON.parse(process.argv[2] ?? "") as SenderOrder);
