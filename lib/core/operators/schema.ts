import { z } from "zod";
import { PasskeyAnswerSchema, ProofSchema } from "../factors/schema";
import { addressText, formText, searchText } from "../input/text";
import { OPERATOR_ROLES, SEEING_ROLES } from "../permissions";
import { PASSWORD_MIN_LENGTH } from "./facts";

export const OperatorRoleSchema = z.enum(OPERATOR_ROLES, {
  message: "Choose owner, admin, support, viewer or guest.",
});

export const PASSWORD_MAX_LENGTH = 128;
/** How long an invitation's link works. */
export const INVITATION_DAYS = 7;
/** How long a link to a new password works. */
export const PASSWORD_LINK_HOURS = 24;
/** How long the link of the first start works. */
export const SETUP_LINK_HOURS = 24;
/** Unless the owners have laid down something else: a session ends after so many hours without a page or an action … */
export const SESSION_IDLE_HOURS = 12;
/** … and after so many days in any case. */
export const SESSION_MAX_DAYS = 30;

/** What the owners may lay down at most. */
export const SESSION_IDLE_HOURS_MOST = 720;
export const SESSION_MAX_DAYS_MOST = 90;

/** Trimmed and in lower case: one person, one spelling. */
export const EmailSchema = formText({ max: 254, missing: "Enter an e-mail address." })
  .toLowerCase()
  .pipe(z.email("Enter an e-mail address, such as ana@example.com."));

export const OperatorNameSchema = formText({ min: 1, max: 64, missing: "Enter a name." });

export const NewPasswordSchema = formText({
  min: PASSWORD_MIN_LENGTH,
  max: PASSWORD_MAX_LENGTH,
  missing: "Enter a password.",
  short: `Use at least ${PASSWORD_MIN_LENGTH} characters.`,
  long: `Use at most ${PASSWORD_MAX_LENGTH} characters.`,
  blanks: true,
});

/** What is typed to be checked, not chosen: no policy, only a bound. */
const TypedPasswordSchema = formText({
  min: 1,
  max: 1024,
  missing: "Enter your password.",
  long: "Too long.",
  blanks: true,
});

const LinkSecretSchema = addressText(128);
const IdSchema = addressText(64);

export const SignInSchema = z.object({
  email: EmailSchema,
  password: TypedPasswordSchema,
  /** The browser's name for itself, shown in the list of sessions. */
  userAgent: searchText(256).default(""),
  /** What the browser's own cookie holds, which the door has checked (`browserCookie`); "": it has none. */
  browser: searchText(256).default(""),
});
export type SignInInput = z.input<typeof SignInSchema>;

/** The second step: the ticket that the first one gave, and what proves the second factor. */
export const FinishSignInSchema = SignInSchema.pick({ userAgent: true, browser: true }).extend({
  ticket: addressText(4_096),
  ...ProofSchema.shape,
});
export type FinishSignInInput = z.input<typeof FinishSignInSchema>;

export const ConfirmIdentitySchema = ProofSchema.extend({ password: TypedPasswordSchema.optional() });
export type ConfirmIdentityInput = z.input<typeof ConfirmIdentitySchema>;

export const SignInWithPasskeySchema = SignInSchema.pick({ userAgent: true, browser: true }).extend({
  passkey: PasskeyAnswerSchema,
});
export type SignInWithPasskeyInput = z.input<typeof SignInWithPasskeySchema>;

/** How long a test operator may live; by itself two hours. */
export const TEST_OPERATOR_MINUTES = 120;
export const TEST_OPERATOR_MAX_MINUTES = 1_440;
/** Test operators that may live at the same time. */
export const TEST_OPERATORS_MAX = 200;

export const TestOperatorSchema = z.object({
  role: z.enum(SEEING_ROLES),
  minutes: z
    .int("Must be a whole number of minutes.")
    .gte(1, "Must be at least 1 minute.")
    .lte(TEST_OPERATOR_MAX_MINUTES, `Must be at most ${TEST_OPERATOR_MAX_MINUTES} minutes.`)
    .default(TEST_OPERATOR_MINUTES),
});
export type TestOperatorInput = z.input<typeof TestOperatorSchema>;

export const CreateOperatorSchema = z.object({
  email: EmailSchema,
  password: NewPasswordSchema,
  role: OperatorRoleSchema,
  /** Default: the part of the e-mail address before the @. */
  name: OperatorNameSchema.optional(),
});
export type CreateOperatorInput = z.input<typeof CreateOperatorSchema>;

export const ResetPasswordSchema = z.object({ email: EmailSchema, password: NewPasswordSchema });

export const UnlockOperatorSchema = z.object({ email: EmailSchema });
export type UnlockOperatorInput = z.input<typeof UnlockOperatorSchema>;

export const AskForResetSchema = z.object({ email: EmailSchema });
export type AskForResetInput = z.input<typeof AskForResetSchema>;

export const PasswordByLinkSchema = z.object({ secret: LinkSecretSchema, password: NewPasswordSchema });
export type PasswordByLinkInput = z.input<typeof PasswordByLinkSchema>;

export const CreateFirstOwnerSchema = z.object({
  secret: LinkSecretSchema,
  email: EmailSchema,
  name: OperatorNameSchema,
  password: NewPasswordSchema,
});
export type CreateFirstOwnerInput = z.input<typeof CreateFirstOwnerSchema>;

export const InviteOperatorSchema = z.object({ email: EmailSchema, role: OperatorRoleSchema });
export type InviteOperatorInput = z.input<typeof InviteOperatorSchema>;

export const AcceptInvitationSchema = z.object({
  secret: LinkSecretSchema,
  name: OperatorNameSchema,
  password: NewPasswordSchema,
});
export type AcceptInvitationInput = z.input<typeof AcceptInvitationSchema>;

export const RevokeInvitationSchema = z.object({ invitationId: IdSchema });
export const OperatorIdSchema = z.object({ operatorId: IdSchema });
export type OperatorIdInput = z.input<typeof OperatorIdSchema>;

/** What a page showed of an operator, for a change that must not meet another one. */
const seen = z.object({ role: OperatorRoleSchema, disabled: z.boolean() }).optional();
/** Who is to be kept out, or let in again. */
export const OperatorAccessSchema = z.object({ operatorId: IdSchema, seen });
export type OperatorAccessInput = z.input<typeof OperatorAccessSchema>;

/** The role in one environment: "guest" keeps them out, null leaves it to the role held everywhere. */
const GrantedRoleSchema = z
  .enum(["guest", "viewer", "support", "admin"], { message: "Choose admin, support, viewer or no access." })
  .nullable();
const AppAccessSchema = z.object({ development: GrantedRoleSchema, production: GrantedRoleSchema });
/** What an operator is given in one app. */
export type AppAccess = z.output<typeof AppAccessSchema>;

export const ChangeAccessSchema = AppAccessSchema.extend({
  operatorId: IdSchema,
  appId: IdSchema,
  seen: AppAccessSchema.optional(),
});
export type ChangeAccessInput = z.input<typeof ChangeAccessSchema>;

export const ChangeRoleSchema = z.object({ operatorId: IdSchema, role: OperatorRoleSchema, seen });
export type ChangeRoleInput = z.input<typeof ChangeRoleSchema>;

export const ChangeOwnPasswordSchema = z.object({
  currentPassword: TypedPasswordSchema,
  newPassword: NewPasswordSchema,
});
export type ChangeOwnPasswordInput = z.input<typeof ChangeOwnPasswordSchema>;

/** `currentPassword` is asked for when the address changes; `shown` is what the page showed. */
export const ChangeOwnAccountSchema = z.object({
  name: OperatorNameSchema,
  email: EmailSchema,
  currentPassword: formText({ max: 1024, missing: "Enter your password.", long: "Too long.", blanks: true }).default(
    "",
  ),
  shown: z.object({ name: z.string(), email: z.string() }),
});
export type ChangeOwnAccountInput = z.input<typeof ChangeOwnAccountSchema>;

/** `confirmation` is the e-mail address, typed. */
export const RemoveOperatorSchema = z.object({
  operatorId: IdSchema,
  confirmation: formText({ max: 254, missing: "Type the e-mail address." }),
});
export type RemoveOperatorInput = z.input<typeof RemoveOperatorSchema>;

const dayOrNone = z.iso.date("Must be a day, such as 2027-01-31.").nullable();

const SignInRulesSchema = z.object({
  /** From which day on, in UTC, a role needs a second factor; null: never. */
  secondFactorFrom: z.object({ viewer: dayOrNone, support: dayOrNone, admin: dayOrNone, owner: dayOrNone }),
  idleHours: z
    .int("Must be a whole number.")
    .gte(1, "At least 1 hour.")
    .lte(SESSION_IDLE_HOURS_MOST, `At most ${SESSION_IDLE_HOURS_MOST} hours.`),
  maxDays: z
    .int("Must be a whole number.")
    .gte(1, "At least 1 day.")
    .lte(SESSION_MAX_DAYS_MOST, `At most ${SESSION_MAX_DAYS_MOST} days.`),
});
export const ChangeSignInRulesSchema = SignInRulesSchema.extend({ seen: SignInRulesSchema.optional() });
export type ChangeSignInRulesInput = z.input<typeof ChangeSignInRulesSchema>;

export const SessionIdSchema = z.object({ sessionId: IdSchema });

export const EndSessionSchema = z.object({ operatorId: IdSchema, sessionId: IdSchema });
export type EndSessionInput = z.input<typeof EndSessionSchema>;
