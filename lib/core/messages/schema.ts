import { z } from "zod";
import { GroupIdSchema } from "../groups/schema";
import { fewPairs } from "../input/record";
import { limitedText, mustBe } from "../input/text";
import { MAX_USER_IDS, UserIdSchema, userIdList } from "../users/schema";

/** Messages: what they may consist of (contract section 16). Browser-safe. */

export const MESSAGE_CONTENT_MAX_BYTES = 128 * 1024;
export const MESSAGE_TYPE_MAX_CHARACTERS = 32;
export const METADATA_PAIRS_MAX = 300;
export const METADATA_KEY_MAX_CHARACTERS = 32;
export const METADATA_VALUE_MAX_CHARACTERS = 4096;
export const CLIENT_ID_MAX_CHARACTERS = 64;
/** How long an inbox keeps a message, and how long a client's repetition of one is recognised. */
export const MESSAGE_RETENTION_MS = 7 * 86_400_000;
export const INBOX_PAGE_MAX = 500;

/** The message types that clients know by themselves. Their content is the text of a JSON object. */
export const BUILT_IN_MESSAGE_TYPES: ReadonlySet<string> = new Set([
  "RC:TxtMsg",
  "RC:ImgMsg",
  "RC:GIFMsg",
  "RC:VcMsg",
  "RC:HQVCMsg",
  "RC:FileMsg",
  "RC:SightMsg",
  "RC:LBSMsg",
  "RC:ImgTextMsg",
  "RC:ReferenceMsg",
  "RC:CombineMsg",
  "RC:CombineV2Msg",
  "RC:CardMsg",
  "RC:StkMsg",
  "RC:StreamMsg",
  "RC:InfoNtf",
  "RC:ProfileNtf",
  "RC:ContactNtf",
  "RC:GrpNtf",
  "RC:CmdNtf",
  "RC:RcNtf",
  "RC:CmdMsg",
  "RC:RcCmd",
  "RC:ReadNtf",
  "RC:RRReqMsg",
  "RC:RRRspMsg",
  "RC:SRSMsg",
  "RC:TypSts",
]);

export const MessageTypeSchema = limitedText({ characters: MESSAGE_TYPE_MAX_CHARACTERS }, { empty: false }).refine(
  (type) => !type.startsWith("RC:") || BUILT_IN_MESSAGE_TYPES.has(type),
  { error: "Must be a built-in type or not start with RC:." },
);

export const MessageContentSchema = limitedText({ bytes: MESSAGE_CONTENT_MAX_BYTES }, { empty: false });

const MetadataKeySchema = limitedText({ characters: METADATA_KEY_MAX_CHARACTERS }, { empty: false });
const MetadataValueSchema = limitedText({ characters: METADATA_VALUE_MAX_CHARACTERS }, { empty: true });

/** Texts that the sender attaches to a message beside its content. */
export const MetadataSchema = fewPairs(
  METADATA_PAIRS_MAX,
  z.record(z.string(), MetadataValueSchema, { error: mustBe("an object of texts") }).check((ctx) => {
    for (const key of Object.keys(ctx.value)) {
      // As an issue of the record: a record's own check of keys would hide that a key is too long.
      const issue = MetadataKeySchema.safeParse(key).error?.issues[0];
      if (issue !== undefined) ctx.issues.push({ ...issue, input: key, path: [key] } as z.core.$ZodRawIssue);
    }
  }),
);

const flag = z.boolean({ error: mustBe("true or false") });
const zeroOrOne = z.literal([0, 1], { error: mustBe("0 or 1") });
const anyText = limitedText({ bytes: MESSAGE_CONTENT_MAX_BYTES }, { empty: true });

const body = {
  messageType: MessageTypeSchema,
  content: MessageContentSchema,
  /** 0: only for those who are connected. */
  shouldPersist: zeroOrOne.default(1),
  needReadReceipt: zeroOrOne.default(0),
  /** Whether `metadata` is attached. */
  hasMetadata: flag.default(false),
  metadata: MetadataSchema.optional(),
  /** Whether the message leaves the client's list of channels as it is. */
  disableUpdateLastMsg: flag.default(false),
};

/** What every message consists of, whoever sends it. */
export type MessageBody = z.output<z.ZodObject<typeof body>>;

function isJsonObjectText(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}

/** Clients read a built-in type's content by themselves, so what they could not read is not let through. */
const isReadable = ({ messageType, content }: { messageType: string; content: string }) =>
  !BUILT_IN_MESSAGE_TYPES.has(messageType) || isJsonObjectText(content);

const unreadable = {
  path: ["content"],
  error: "Must be the text of a JSON object, since the message type is a built-in one.",
};

/** Contract section 16. What concerns push notifications is checked and goes no further: nothing here sends any. */
export const ServerMessageFields = z.object({
  fromUserId: UserIdSchema,
  toUserIds: userIdList(MAX_USER_IDS),
  ...body,
  /** 1: the sender's own inbox gets the message too. */
  isEchoToSender: zeroOrOne.default(0),
  /** 1: recipients who have blocked the sender are left out. */
  verifyBlocklist: zeroOrOne.default(0),
  pushContent: anyText.optional(),
  pushData: anyText.optional(),
  pushExt: anyText.optional(),
  contentAvailable: zeroOrOne.optional(),
  count: z.int({ error: mustBe("a whole number") }).optional(),
  disablePush: flag.optional(),
});

export const SendServerMessageSchema = ServerMessageFields.refine(isReadable, unreadable);
export type SendServerMessageInput = z.input<typeof SendServerMessageSchema>;

/** What a client may add so that a repetition of the same message is recognised: unique among its sender's messages. */
const clientMessageId = limitedText({ characters: CLIENT_ID_MAX_CHARACTERS }, { empty: false }).optional();

export const SendDirectMessageSchema = z
  .object({ toUserId: UserIdSchema, ...body, clientMessageId })
  .refine(isReadable, unreadable);
export type SendDirectMessageInput = z.input<typeof SendDirectMessageSchema>;

export const SendGroupMessageSchema = z
  .object({ groupId: GroupIdSchema, ...body, clientMessageId })
  .refine(isReadable, unreadable);
export type SendGroupMessageInput = z.input<typeof SendGroupMessageSchema>;

export const FetchInboxSchema = z.object({
  /** `sequence` of the last message that the client has; 0: everything that is kept. */
  cursor: z.int({ error: mustBe("a whole number from 0") }).min(0, "Must be a whole number from 0."),
  limit: z.int().min(1).max(INBOX_PAGE_MAX).default(100),
});
export type FetchInboxInput = z.input<typeof FetchInboxSchema>;

export const MayMessageSchema = z.object({ fromUserId: UserIdSchema, toUserId: UserIdSchema });
export type MayMessageInput = z.input<typeof MayMessageSchema>;
